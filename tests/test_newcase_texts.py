"""Files become texts, or a sentence that says why not and what to do; none is lost, none raises."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.newcase import texts
from whosays.newcase.texts import (
    UnreadableFile,
    decoded,
    read_file,
    read_folder,
    unwrapped,
    wrapped,
)

SENTENCE = (
    "The ferry was late again, the company said on Tuesday. Passengers counted eighteen boats."
)


def put(folder, name, data):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


def refusal(path):
    with pytest.raises(UnreadableFile) as caught:
        read_file(path)
    return str(caught.value)


# -- encodings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "codec, words, said",
    [
        ("utf-8", "Orrinöy", ""),
        ("utf-8-sig", "Orrinöy", ""),
        ("utf-16", "Orrinöy — late", "UTF-16"),
        ("utf-16-le", "Orrinoy was late again", "UTF-16"),
        ("cp1251", "Паром опять опоздал, сообщает компания", "Windows-1251"),
        ("cp1252", "“Orrinöy”, said the company’s café", "Windows-1252"),
        ("latin-1", "façade, naïve, Orrinöy", "Windows-1252"),
    ],
)
def test_an_encoding_is_recognised_and_said(codec, words, said):
    text, sentences = decoded(words.encode(codec))
    assert text == words
    assert (said in " ".join(sentences)) and bool(said) == bool(sentences)


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\x03" * 50, bytes(range(32)) * 20, b"\xff\xfe\x00\xd8\x41"]
)
def test_bytes_that_are_no_text_are_said_to_be_none(data):
    with pytest.raises(UnreadableFile):
        decoded(data)


def test_plain_text_is_not_changed(tmp_path):
    text = "Headline\n\n  Two spaces, a tab\t, and no line end after this."
    assert read_file(put(tmp_path, "a.txt", text)).text == text


def test_line_ends_and_unprinted_characters_are_made_plain(tmp_path):
    made = read_file(put(tmp_path, "a.txt", "One line of text\r\nand \x0canother\rand a third"))
    assert made.text == "One line of text\nand  another\nand a third"
    assert "not printed" in made.said[0]


def test_lines_broken_at_a_fixed_width_are_put_together(tmp_path):
    lines = (
        "The ferry between the town and the island was late\n" * 3 + "again on Tuesday.\n\n"
    ) * 3
    assert wrapped(lines) and not wrapped("A title\n\n" + SENTENCE * 4)
    made = read_file(put(tmp_path, "a.txt", "A headline of its own\n\n" + lines))
    assert (
        made.text.count("again on Tuesday.\n") == 3
        and "late again" in made.text
        and "put together" in made.said[0]
    )
    assert unwrapped("an exam-\nple of it\n") == "an example of it\n"


# -- Markdown, HTML, Word, PDF --------------------------------------------------------------------


def test_markdown_loses_its_signs_and_keeps_its_facts(tmp_path):
    made = read_file(put(tmp_path, "a.md", (
        "---\ntitle: Late boats\ndate: 2024-04-09\noutlet: The Courier\n---\n# Late **boats**\n\nThe boat\nwas [late](http://x.y),"
        " *Ada* said.\n\n- one\n- two\n\n> They\n> sang.\n\nSecond\n------\nMore.\n"
    )))  # fmt: skip
    assert made.text.split("\n\n") == [
        "Late boats",
        "The boat was late, Ada said.",
        "one",
        "two",
        "They sang.",
        "Second",
        "More.\n",
    ]
    assert made.facts == {"headline": "Late boats", "date": "2024-04-09", "outlet": "The Courier"}
    assert [(made.text[a:b], level) for a, b, level in made.headings] == [
        ("Late boats", 1),
        ("Second", 2),
    ]


PAGE = """<!doctype html><html lang="en"><head><title>x</title><meta property="og:site_name" content="The Courier">
<meta property="article:published_time" content="2024-04-09T10:00:00+01:00"><script>var a = 1;</script></head>
<body><nav>Home News</nav><article><h1>Late <b>boats</b></h1><p>By Nils&nbsp;Arbery</p><p>The boat was late,<br>Ada
said.</p><aside>Read more</aside><ul><li>one</li></ul></article><footer>Imprint</footer></body></html>"""


@pytest.mark.slow
def test_a_web_page_gives_its_article_and_what_it_says_of_itself(tmp_path):
    pytest.importorskip("trafilatura")
    made = read_file(put(tmp_path, "a.html", PAGE))
    assert made.text == "Late boats\n\nBy Nils Arbery\n\nThe boat was late,\n\nAda said.\n\none\n"
    assert made.facts == {
        "outlet": "The Courier",
        "date": "2024-04-09T10:00:00+01:00",
        "headline": "Late boats",
        "language": "en",
    }
    assert made.unsure == set(), "all of it stands in the page's own data"
    assert [(made.text[a:b], level) for a, b, level in made.headings] == [("Late boats", 1)]
    assert read_file(put(tmp_path, "b.txt", PAGE)).text == made.text, (
        "what it begins with counts, not its name"
    )


@pytest.mark.slow
def test_a_page_in_utf_8_is_read_so_whatever_it_says(tmp_path):
    pytest.importorskip("trafilatura")
    made = read_file(
        put(tmp_path, "a.html", '<html><meta charset="windows-1252"><p>£48,000, Orrinöy</p></html>')
    )
    assert made.text == "£48,000, Orrinöy\n" and made.said == []


@pytest.mark.slow
def test_a_page_nested_very_deep_is_read(tmp_path):
    pytest.importorskip("trafilatura")
    deep = "<div>" * 3000 + "The boat was late." + "</div>" * 3000
    try:
        assert "late" in read_file(put(tmp_path, "a.html", deep)).text
    except UnreadableFile as error:  # the parser itself may give up; it is a sentence all the same
        assert "web page" in str(error) or "no article" in str(error)


def document(*paragraphs):
    docx = pytest.importorskip("docx")
    made = docx.Document()
    for words in paragraphs:
        if words.startswith("# "):
            made.add_heading(words[2:], 1)
        else:
            made.add_paragraph(words)
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.slow
def test_a_word_document_gives_paragraphs_headings_and_tables(tmp_path):
    made = read_file(put(tmp_path, "a.docx", document("# Late boats", "The boat was late.")))
    assert made.text == "Late boats\n\nThe boat was late.\n\nleft\n\nright\n"
    assert [(made.text[a:b], level) for a, b, level in made.headings] == [("Late boats", 1)]


def pdf(lines, password=None):
    """The smallest PDF that shows these lines."""
    pypdf = pytest.importorskip("pypdf")
    shown = "BT /F1 12 Tf 50 750 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, words in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{words}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    if password is None:
        return out.encode("latin-1")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(out.encode("latin-1")))
    writer.encrypt(password, algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


@pytest.mark.slow
def test_a_pdf_gives_paragraphs(tmp_path):
    made = read_file(
        put(
            tmp_path,
            "a.pdf",
            pdf(
                [
                    "The ferry between the town and the island",
                    "was late again on Tues-",
                    "day.",
                    "It was late.",
                    "No.",
                ]
            ),
        )
    )
    assert (
        "island was late again on Tuesday." in made.text
        and "compare them with the pages" in made.said[0]
    )


@pytest.mark.slow
def test_what_a_browser_prints_at_the_edge_is_no_text(tmp_path):
    lines = [
        "4/9/24, 8:17 AM",
        "The boat was late again on Tuesday.",
        "https://example.org/boat 1/1",
    ]
    assert (
        read_file(put(tmp_path, "a.pdf", pdf(lines))).text
        == "The boat was late again on Tuesday.\n"
    )


@pytest.mark.slow
def test_a_protected_pdf_is_named(tmp_path):
    assert "password" in refusal(put(tmp_path, "a.pdf", pdf(["secret words"], "x")))


@pytest.mark.slow
def test_a_scan_is_named(tmp_path):
    assert "OCR" in refusal(put(tmp_path, "a.pdf", pdf([])))


ZIP = io.BytesIO()
with zipfile.ZipFile(ZIP, "w") as _archive:
    _archive.writestr("a.txt", SENTENCE)


@pytest.mark.parametrize(
    "name, data, says",
    [
        ("a.txt", b" \n", "is empty"),
        ("a.txt", b"1234 . 56", "holds no words"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "OCR"),
        ("a.txt", b"\xff\xd8\xff\xe0 photograph", "OCR"),
        ("a.mp3", b"ID3 sound", "is a recording"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 words", "save it as .docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 words", "password"),
        pytest.param("a.docx", ZIP.getvalue(), "no Word document", marks=pytest.mark.slow),
        pytest.param(
            "a.docx", b"PK\x03\x04 broken", "broken Word document", marks=pytest.mark.slow
        ),
        ("a.rtf", b"{\\rtf1 hello}", "rich text"),
        ("a.csv", b"a,b\n1,2\n", "is a table"),
        pytest.param("a.pdf", b"%PDF-1.7 broken", "broken PDF", marks=pytest.mark.slow),
        ("a.bin", b"\x00\x01\x02" * 99, "is no text"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_to_do(tmp_path, name, data, says):
    assert says in refusal(put(tmp_path, name, data))


@pytest.mark.parametrize(
    "package, name, data",
    [
        ("trafilatura", "a.html", PAGE.encode()),
        ("docx", "a.docx", ZIP.getvalue()),
        ("pypdf", "a.pdf", b"%PDF-1.4"),
    ],
)
def test_a_missing_library_is_named_with_how_to_get_it(tmp_path, monkeypatch, package, name, data):
    import sys

    monkeypatch.setitem(sys.modules, package, None)
    assert ".[case]" in refusal(put(tmp_path, name, data))


def test_a_file_too_large_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(texts, "LARGEST", 10)
    assert "megabytes" in refusal(put(tmp_path, "a.txt", SENTENCE))


def test_a_folder_is_read_whole_and_nothing_is_lost(tmp_path):
    put(tmp_path, "b.txt", SENTENCE)
    put(tmp_path, "sub/a.txt", SENTENCE + " More.")
    put(tmp_path, "copy.txt", SENTENCE)
    put(tmp_path, ".hidden.txt", SENTENCE)
    put(tmp_path, "claims.csv", "a")
    put(tmp_path, "pack/texts/x.txt", SENTENCE + " Mine.")
    found, skipped = read_folder(tmp_path, {"claims.csv"}, tmp_path / "pack")
    assert [t.file for t in found] == ["b.txt", "sub/a.txt"]
    assert [str(s) for s in skipped] == ["copy.txt is the same text as b.txt: keep one of the two."]


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([".txt", ".md", ".html", ".docx", ".pdf", ".x"]),
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>"]),
)
def test_no_file_raises_anything_but_a_sentence(tmp_path_factory, data, suffix, head):
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(head + data)
    try:
        made = read_file(path)
    except UnreadableFile as error:
        assert str(error)
    else:
        assert "\r" not in made.text and "\x00" not in made.text and made.text.encode("utf-8")
        assert all(0 <= a < b <= len(made.text) for a, b, _ in made.headings)


@pytest.mark.slow
def test_a_page_without_data_of_its_own_is_asked_for_outlet_and_author(tmp_path):
    page = (
        "<html><head><title>Der Grenzbote - English page - A march and its stones</title></head>"
        "<body><h1>A march and its stones</h1><p class='meta'>Von Lena Hartig, 12. Juni 2023</p>"
        f"<p>{'The march went from the mill to the town hall. ' * 6}</p></body></html>"
    )
    made = read_file(put(tmp_path, "a.html", page.encode("utf-8")))
    assert (made.facts["outlet"], made.facts["author"]) == ("Der Grenzbote", "Lena Hartig")
    assert made.unsure >= {"outlet", "author"}


@pytest.mark.slow
def test_numbered_paragraphs_of_a_pdf_stay_apart(tmp_path):
    lines = ["2. The office counted two thousand people on the bridge, and then no more of them."]
    lines += ["3. Seventeen people were arrested on the way, and two were charged with throwing."]
    assert "more of them.\n\n3. Seventeen" in read_file(put(tmp_path, "a.pdf", pdf(lines))).text
