"""What a sign must have to count for an act."""

from training.acts import Example, weighed

from sayso.core.records import Act


def example(group: str, *signs: str, act: Act) -> Example:
    return Example(group=group, set="open", signs=("always", *signs), act=act)


def told(groups: int) -> list[Example]:
    blamed = [example(f"event {at}", "early shell", act="accuse") for at in range(groups)]
    plain = [example(f"event {at}", act="assert") for at in range(20)]
    return blamed + plain


def test_a_sign_of_eight_events_counts() -> None:
    assert "early shell" in weighed(told(8)).signs


def test_a_sign_of_fewer_events_is_their_topic_and_does_not_count() -> None:
    assert "early shell" not in weighed(told(7)).signs


def test_many_examples_of_one_event_make_no_sign() -> None:
    same = [example("one event", "early shell", act="accuse")] * 30
    assert "early shell" not in weighed([*same, *told(1)]).signs


def test_what_public_news_says_otherwise_does_not_outvote_the_gold() -> None:
    read = [Example(f"news {at}", "read", ("always", "early shell"), "assert") for at in range(60)]
    table = weighed([*told(20), *read])
    scores = dict(zip(table.acts, table.signs["early shell"], strict=True))
    assert scores["accuse"] > scores["assert"]
