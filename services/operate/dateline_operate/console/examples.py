"""Examples for the help of each command: what people type most often, and what for."""

from __future__ import annotations

EXAMPLES: tuple[tuple[str, str], ...] = (
    ("dateline demo", "begin here"),
    ("dateline up", "then, in another terminal, everything below"),
    ("dateline up --data /srv/dateline --port 8090", "kept elsewhere, ingest on another port"),
    ("dateline up --nats nats://10.0.0.7:4222 --services publish", "one service, on a server of your own"),
    ("dateline push deploy/samples", "all files of a folder"),
    ("dateline push --feed my-wire story.xml", "with the key of a feed that was made here"),
    ("dateline push --url https://ingest.example.net --key KEY story.xml", "to another machine"),
    ("dateline tail", "what is released from now on"),
    ("dateline tail --topic 11000000 --language fr --from 2h", "politics in French of the last two hours"),
    ("dateline tail --name desk --agency AFP --json", "as a program that goes on where it stopped"),
    ("dateline tail --no-follow --body", "all that there is, with its text, and end"),
    ("dateline story fommhtrfqrfek5355i4x7uds64", "by the id, a receipt or a subject"),
    ("dateline story --feed my-wire --guid urn:newsml:example.com:20260326:water", "by the provider's identifier"),
    ("dateline story fommhtrfqrfek5355i4x7uds64 --original --version 2", "the bytes as they came"),
    ("dateline status", "what is wrong, and what to do about it"),
    ("dateline status --wait 60", "for scripts: until all services are ready"),
    ("dateline status --watch", "once a second until Ctrl-C"),
    ("dateline outlets ls", "how far each outlet has read"),
    ("dateline outlets took fommhtrfqrfek5355i4x7uds64", "an outlet says that it never got the story"),
    ("dateline outlets login harbour-news --agency AFP --language en", "the entry for the server's configuration"),
    ("dateline kills --open", "who has not taken which kill, and must be called"),
    ("dateline kills fommhtrfqrfek5355i4x7uds64 --outlet harbour-news --wait 600", "until that outlet has it"),
    ("dateline quarantine ls --since 2h", "what was refused lately, and why"),
    ("dateline quarantine show 17", "one thing, with the first lines of what came"),
    ("dateline quarantine show 17 --original > refused.xml", "all of what came"),
    ("dateline quarantine retry --feed my-wire --since 2h", "after the cause is mended"),
    ("dateline quarantine drop --error Unparseable --feed my-wire", "what nobody wants"),
    ("dateline feeds ls", "who is silent, failing or paused"),
    ("dateline feeds add my-wire --language fr --agency AFP", "pushes; its key is shown once"),
    ("dateline feeds add city --door poll --url https://city.example.net/rss", "is fetched"),
    ("dateline feeds check feeds.toml", "try each feed of a file, taking nothing in"),
    ("dateline feeds apply feeds.toml --dry-run", "what would change"),
    ("dateline feeds pause my-wire", "its pushes get 423 until it is resumed"),
    ("dateline feeds resume my-wire", "go on"),
    ("dateline feeds rekey my-wire", "its key is lost, or known to others"),
    ("dateline feeds rm my-wire", "its key is worth nothing then; its stories stay"),
    ("dateline attribution check page.html", "each rule that took part"),
    ("dateline credit show fommhtrfqrfek5355i4x7uds64", "what counts, and why"),
    ("dateline credit set fommhtrfqrfek5355i4x7uds64 --agencies AFP --by ana --reason 'desk asked'", "overrule it"),
    ("dateline credit set - --agencies AFP --by ana --reason 'AP by mistake' < ids.txt", "all that a file names"),
    ("dateline credit clear fommhtrfqrfek5355i4x7uds64 --by ana --reason mistaken", "let the rules count again"),
    ("dateline import my-wire archive-2015-2025.tar.gz --dry-run", "what is in it, and what can be read"),
    ("dateline import my-wire archive-2015-2025.tar.gz", "for the record: outlets do not get it"),
    ("dateline import my-wire missed.zip --release", "as if it came now, after an outage"),
    ("dateline replay --service attribution --from 7d --rules new.toml --dry-run --diff", "try rules on a week"),
    ("dateline replay --service publish --from 1h --dry-run", "what should have gone out, and did not"),
    ("dateline verify", "is all there, and unchanged?"),
    ("dateline verify --accept --by ana --reason 'disk of rack 4'", "what nothing brings back is known from now on"),
    ("dateline backup /srv/backups --keep 7", "copy everything, keep the newest seven"),
    ("dateline backup /srv/backups --every 24h", "stay, and make one a day"),
    ("dateline restore /srv/backups/20310506T120000Z --dry-run", "is it whole?"),
    ("dateline restore /srv/backups/20310506T120000Z", "into an empty server"),
    ("dateline parse story.xml", "what is read of a message"),
    ("dateline attribute page.html --url https://harbour.example/news/1", "whose copy a page is"),
    ("dateline enrich story.txt", "language, places, people, topics"),
    ("dateline bench --stories 2000", "a short run"),
    ("dateline completion bash >> ~/.bashrc", "at the next start of bash"),
    ("dateline completion zsh >> ~/.zshrc", "or of zsh"),
)
"""What is typed, and what it does."""


WIDTH = 76
"""Signs of a line: with what stands around it, a terminal of 80 has room for it."""


def examples_of(prog: str) -> list[str]:
    """The lines for a command, or for a command and its action, each with what it does below it."""
    wanted = [(typed, does) for typed, does in EXAMPLES if f"{typed} ".startswith(f"{prog} ")]
    return [f"{_fitting(typed)}\n      {does}" for typed, does in wanted]


def _fitting(typed: str) -> str:
    """In two lines, as a shell takes them, where one is too long."""
    at = typed.rfind(" --", 0, WIDTH) if len(typed) > WIDTH else -1
    return typed if at < 0 else f"{typed[:at]} \\\n     {typed[at:]}"
