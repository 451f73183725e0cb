"""A sentence as a question: which one is meant, what fills its blank; nothing where it says nothing of the kind."""

from explorer.answers import Answers
from explorer.lookup.questions.sentences import read_sentence
from explorer.viewer import Viewer
from graph_model.coverage.catalogue import Catalogue
from graph_model.coverage.questions import read_questions
from graph_model.profile import read_profile
from tests.explorer.lookup.test_find import called
from tests.support.graphs import fill, graph

FIELD = graph(
    called("r_1", "檀香居民区"),
    called("u_1", "合生物业"),
    called("b_1", "合生物业党支部"),
    called("m_1", "谭翔"),
)
MASKED = Viewer()
QUESTIONS = read_questions().questions
SAID = [
    ("谁负责 檀香", ("01_who_is_responsible", {"area": "r_1"})),
    ("檀香由谁负责？", ("01_who_is_responsible", {"area": "r_1"})),
    ("谁负责tanxiang", ("01_who_is_responsible", {"area": "r_1"})),
    ("who is responsible for 檀香?", ("01_who_is_responsible", {"area": "r_1"})),
    ("誰負責 檀香", ("01_who_is_responsible", {"area": "r_1"})),
    ("檀香开过什么会", ("08_meetings_in_area", {"area": "r_1"})),
    ("合生物业党支部有哪些党员", ("04_members_of_branch", {"branch": "b_1"})),
    ("合生和谁结对", ("03_paired_with", {"organisation": "u_1"})),
    ("尚未解决的议题有哪些", ("09_open_matters", {})),
    ("民营性质的公司", ("13_companies_by_ownership", {"ownership": "private"})),
    ("谁负责", ("01_who_is_responsible", {})),
]


def test_what_a_sentence_asks(store) -> None:
    fill(store, FIELD)
    answers = Answers(store, Catalogue(()), read_profile())

    def read(typed: str, viewer: Viewer = MASKED):
        return [(s.question.id, dict(s.chosen)) for s in read_sentence(answers, typed, QUESTIONS, viewer)]

    assert {typed: read(typed)[:1] for typed, _ in SAID} == {typed: [meant] for typed, meant in SAID}
    assert read("谁负责 蓝天") == []
    assert read("檀香") == read("") == read("谁") == read("今天天气") == []
    assert read("谁负责 谭翔") == read("谁负责 谭翔", Viewer(names=True)) == []
    [meant, *_] = read_sentence(answers, "谁负责 檀香", QUESTIONS, MASKED)
    assert meant.question.sentence(meant.said, "zh") == "檀香居民区 的负责单位和人员"
    for question in QUESTIONS:  # the title of a question asks it
        title = question.sentence({c.name: " " for c in question.choices}, "zh")
        assert question.id in [s.question.id for s in read_sentence(answers, title, QUESTIONS, MASKED)]
