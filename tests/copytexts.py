"""Invented copy: an agency's story, texts that are made from it, and texts that are no copy of it."""

from __future__ import annotations

FERRY = (
    "OAKHAVEN, March 26 (AFP) - A ferry carrying seed potatoes ran aground off Oakhaven on Thursday after its pilot "
    "mistook a fishing lamp for the harbour light, the port authority said.",
    "None of the eleven people aboard was hurt, but the hull was torn open on the Grey Teeth, a row of rocks that "
    "the town has asked the ministry to mark since a schooner was lost there nine years ago.",
    '"We have written to the capital every spring and every spring we are told that the buoys are on order," said '
    "the mayor, Ottoline Varga, who watched the unloading from the mole.",
    "Villagers formed a chain along the beach and carried some four hundred sacks ashore before the tide came back, "
    "while children gathered what had floated out of the forward hold.",
    "The ferry company, Brandt and Daughters, said a tug would try to pull the vessel free on Saturday and that its "
    "two other boats would call at the island until the summer timetable begins.",
    "Seed potatoes are the island's main export and the planting season ends in three weeks, leaving growers on the "
    "mainland little time to find others.",
    "otv/brd",
)
"""An agency's story, 190 words of it outside quotations."""

RIVAL = (
    "OAKHAVEN (dpa) - Rocks near the island port of Oakhaven have claimed another ship: the potato ferry Marguerite "
    "has been stuck there with a hole in her side since early Thursday morning.",
    "Eleven passengers and crew were brought to land in rowing boats, according to the port authority. A doctor found "
    "no injuries.",
    '"We have written to the capital every spring and every spring we are told that the buoys are on order," mayor '
    "Ottoline Varga told reporters.",
    "How the accident came about was clear by noon. In thick haze the man at the wheel had steered for a lantern that "
    "an angler had hung over his boat, and took it for the beacon on the pier.",
    "Half the town turned out to save the cargo. Sack by sack the freight was passed from hand to hand over the sand, "
    "and what the waves had washed out was collected by schoolchildren.",
    "The owner hopes to have the Marguerite afloat again at the weekend with the help of a tugboat from the mainland. "
    "Until then passengers will have to make do with the smaller ferries of Brandt and Daughters.",
)
"""Another agency's own story about the same event, with the same quotation."""

OWN = (
    "The harbour museum opens its new hall on Sunday, with a model of the old lighthouse that three retired carpenters "
    "built from drawings found in an attic last winter.",
    "Visitors may climb a stair to the lamp room, and those who know their knots can win a rope ladder that was spun "
    "on the walk behind the chandlery, the last one of its kind on this coast.",
    "Admission is free for anybody who brings a photograph of a boat that has since been broken up, because the museum "
    "wants to fill an album before the people who could name them are gone.",
)
"""An outlet's own story."""

ZH = (
    "【港口通讯社三月二十六日电】一艘装载马铃薯种薯的渡轮星期四清晨在橡树港外海触礁搁浅,港务局说,领航员把一盏渔灯误认为港口的灯塔。",
    "船上十一人全部获救,但船体在被称为灰牙的礁石上撕开了一道长长的口子,镇上居民多年来一直请求部里在那里设置浮标。",
    "村民在沙滩上排成长队,赶在涨潮之前把四百多袋种薯一袋一袋传到岸上,孩子们则捡拾从前舱漂出来的货物。",
    "渡轮公司表示,一艘拖船将在星期六尝试把船拉出礁石,另外两艘船会继续往来海岛,直到夏季时刻表开始实行。",
)
ZH_RIVAL = (
    "橡树港近海的暗礁又让一艘船遇险。运送种薯的玛格丽特号从星期四一早起就困在那里,船侧破了一个大洞。",
    "港务局通报说,乘客和船员共十一人坐小划艇上了岸,医生检查后没有发现任何人受伤。",
    "事故原因到中午就弄清楚了:大雾里掌舵的人朝着钓鱼人挂在船边的灯笼驶去,以为那就是码头上的信号。",
    "半个镇子的人都赶来抢救货物,大家手递手把麻袋运过沙地,学童把被浪冲走的土豆收拢起来。",
)
JA = (
    "種いもを積んだフェリーが二十六日早朝、オーク港の沖で座礁した。港湾局によると、水先人が漁船の灯りを港の灯台と見間違えたという。",
    "乗っていた十一人にけがはなかったが、船体は灰色の歯と呼ばれる岩礁で大きく裂けた。町は九年前から浮標の設置を国に求めてきた。",
    "住民は浜辺に列を作り、潮が満ちる前に四百袋あまりの種いもを手渡しで陸に揚げた。子どもたちは流れ出た荷物を拾い集めた。",
    "船会社は土曜日に引き船で離礁を試みると発表し、夏の時刻表が始まるまで残る二隻で島との便を続けるとしている。",
)
JA_RIVAL = (
    "オーク港近くの岩場でまた船が動けなくなった。種いもを運ぶマルグリット号は木曜の朝から船腹に穴が開いたまま立ち往生している。",
    "港湾局の発表では、乗客と乗員の十一人は手こぎの舟で岸に着き、医師の診察で負傷者はいないと確認された。",
    "原因は昼までに分かった。濃いもやの中で舵を取っていた男が、釣り人の下げたちょうちんを目指して進んでしまったのだ。",
    "町の半分が荷を守るために集まり、袋を次々と手渡して砂地を運んだ。波にさらわれた分は学校の生徒が集めた。",
)
AR = (
    "جنحت عبارة محملة ببذور البطاطس قبالة ميناء السنديان صباح الخميس بعدما ظن ربانها أن مصباح قارب صيد هو منارة "
    "الميناء، بحسب ما أعلنت سلطة الميناء.",
    "ولم يصب أي من الأشخاص الأحد عشر الذين كانوا على متنها، لكن هيكلها تمزق على صخور تعرف باسم الأسنان الرمادية "
    "طالب أهل البلدة الوزارة منذ أعوام بوضع علامات عليها.",
    "واصطف القرويون على الشاطئ ونقلوا نحو أربعمئة كيس إلى البر قبل عودة المد، فيما جمع الأطفال ما طفا من العنبر "
    "الأمامي.",
)

FOOTER = (
    "Sign up for the Oakhaven Courier's morning letter and have the day's tides, weather and ferry times in your "
    "postbox before the bread is out of the oven. The Courier is printed on paper from managed forests, and its "
    "editors follow the code of the Island Press Council, to which complaints may be addressed at any time.",
)
"""What an outlet puts under everything that it prints."""
