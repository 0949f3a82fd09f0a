"""Names of people in Thai copy."""

from __future__ import annotations

import pytest

from dateline_enrichment.people_thai import thai_people


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("นายสมชาย ใจงาม ตรวจตลาด", "สมชาย ใจงาม"),
        ("พร้อมด้วยนางสาวมาลี ศรีสุข ปลัดเทศบาล", "มาลี ศรีสุข"),
        ("พล.ต.ท.วิชัย ทองแท้ แถลง", "วิชัย ทองแท้"),
        ("นายกิตติ ทองแท้ มาถึง", "กิตติ ทองแท้"),
    ],
)
def test_a_calling_begins_a_name_of_two_words(text: str, name: str) -> None:
    """It may be written together with a small word before it, and may be a rank."""
    assert [found for _, _, found in thai_people(text)] == [name]


CALLINGS = ("นายจ้าง ลูกจ้าง ตกลงกัน", "นายหน้า ขายที่ดิน", "นางแบบ สาวสวย", "นายทุน ต่างชาติ", "นายกเทศมนตรี เมืองเก่า")
"""Words for what somebody does that begin like a calling: employer, broker, model, capitalist, mayor."""


@pytest.mark.parametrize("text", ["นายกรัฐมนตรี ลงพื้นที่", "นายสมชาย กล่าวว่า ราคาข้าวยังทรงตัว", "ขายนาย หน้าที่ดิน", "", *CALLINGS])
def test_what_is_no_whole_name_is_none(text: str) -> None:
    """The premier's title begins like a calling; a given name before a verb is no new person."""
    assert thai_people(text) == []


def test_it_says_where_the_name_stands() -> None:
    """Without its calling."""
    text = "วันนี้ นางมาลี ศรีสุข มาถึง"
    (start, end, name), *others = thai_people(text)
    assert text[start:end] == name
    assert not others
