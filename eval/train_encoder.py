"""Train the shipped encoder from official legal texts and lay it in index/encoder/: ``python -m eval.train_encoder``.

Contrastive (InfoNCE, in-batch negatives) on pairs that the texts themselves give: a sentence or a law's title against
the rest of the article, one half against the other, neighbours in a law; then laypeople's questions against their
articles. Fixed seeds; about two minutes on one core. Needs the bench data (``ZYQA_BENCH``).
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from eval.bench.data import Article, articles, law_questions
from zyqa import text
from zyqa.search.encoder import SHIPPED
from zyqa.search.transformer import JiebaStatic, static_model
from zyqa.search.vocabulary import Vocabulary

Ids = NDArray[np.int64]
WORDS, BUCKETS, DIMENSION = 40_000, 4_096, 128
BATCH, EPOCHS, RATE, SCALE = 1024, 6, 0.02, 20.0
QUESTION_PASSES, QUESTION_SHARE, LONGEST = 12, 0.25, 160


def vocabulary(corpus: list[Article]) -> Vocabulary:
    """The most frequent words of the corpus."""
    counts = Counter(word for one in corpus for word in text.words(one.text))
    counts.update(word for title in {one.title for one in corpus} for word in text.words(title))
    return Vocabulary(
        [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:WORDS]], BUCKETS
    )


class Pairs:
    """Draws training pairs. ``sentences[i]``: the token ids of each sentence of article i; ``titles``: of its law."""

    def __init__(
        self, corpus: list[Article], words: Vocabulary, questions: list[tuple[str, list[int]]], seed: int
    ) -> None:
        self.random = np.random.default_rng(seed)
        cache = {title: np.array(words.ids(title), np.int64) for title in {one.title for one in corpus}}
        self.titles = [cache[one.title] for one in corpus]
        self.laws = [one.title for one in corpus]
        self.sentences = [_sentences(one.text, words) for one in corpus]
        self.usable = np.array([place for place, pieces in enumerate(self.sentences) if pieces])
        self.questions = [
            (np.array(words.ids(asked), np.int64), place)
            for asked, gold in questions
            for place in gold
            if words.ids(asked)
        ]

    def drawn(self, place: int) -> tuple[Ids, Ids]:
        """A pair from article ``place``: something asked, something that answers."""
        pieces, kind = self.sentences[place], self.random.random()
        chosen = int(self.random.integers(len(pieces)))
        rest = pieces[:chosen] + pieces[chosen + 1 :]
        if kind < 0.15:
            return self.titles[place], np.concatenate(pieces)
        if kind < 0.3 and place + 1 < len(self.laws) and self.laws[place + 1] == self.laws[place]:
            neighbour = self.sentences[place + 1]
            return (
                (self.thinned(np.concatenate(pieces)), np.concatenate(neighbour))
                if neighbour
                else (pieces[chosen],) * 2
            )
        asked = self.thinned(pieces[chosen])
        answer = np.concatenate(rest) if rest else self.thinned(pieces[chosen])
        if self.random.random() < 0.5:
            answer = np.concatenate([self.titles[place], answer])
        return asked, answer

    def asked(self) -> tuple[Ids, Ids]:
        """A pair from a layperson's question."""
        question, place = self.questions[int(self.random.integers(len(self.questions)))]
        return self.thinned(question, 0.2), np.concatenate([self.titles[place], *self.sentences[place]])

    def thinned(self, ids: Ids, most: float = 0.5) -> Ids:
        """The tokens less a random share of them."""
        kept = ids[self.random.random(len(ids)) > self.random.random() * most]
        return kept if len(kept) else ids

    def batches(self, share: float) -> list[list[tuple[Ids, Ids]]]:
        """One pass over the corpus, in batches, ``share`` of each from questions."""
        order = self.random.permutation(self.usable)
        own = int(BATCH * (1 - share)) if self.questions else BATCH
        found = []
        for start in range(0, len(order) - own, own):
            pairs = [self.drawn(int(place)) for place in order[start : start + own]]
            found.append(pairs + [self.asked() for _ in range(BATCH - own)])
        return found


def _sentences(string: str, words: Vocabulary) -> list[Ids]:
    found = (np.array(words.ids(span.cut(string)), np.int64) for span in text.sentences(string))
    return [ids for ids in found if len(ids)]


def _bag(module: JiebaStatic, rows: list[Ids]) -> torch.Tensor:
    cut = [ids[:LONGEST] for ids in rows]
    offsets = torch.from_numpy(np.cumsum([0] + [len(ids) for ids in cut])[:-1])
    return torch.nn.functional.normalize(module.embedding(torch.from_numpy(np.concatenate(cut)), offsets))


def train(module: JiebaStatic, pairs: Pairs, epochs: int = EPOCHS) -> None:
    """InfoNCE over the pairs; questions join in the last third, when the words have found their places."""
    optimizer = torch.optim.Adam(module.parameters(), lr=RATE)
    steps = epochs * (len(pairs.usable) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.05, steps)
    for epoch in range(epochs):
        share = QUESTION_SHARE if epoch >= epochs * 2 // 3 else 0.0
        losses, begun = [], time.perf_counter()
        for batch in pairs.batches(share):
            scores = _bag(module, [one for one, _ in batch]) @ _bag(module, [two for _, two in batch]).T * SCALE
            target = torch.arange(len(batch))
            loss = torch.nn.functional.cross_entropy(scores, target) + torch.nn.functional.cross_entropy(
                scores.T, target
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
            losses.append(loss.item() / 2)
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {time.perf_counter() - begun:.0f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument(
        "--half", choices=["even", "odd"], help="train on this half of the questions only, to judge on the other"
    )
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(7)
    corpus = articles()
    words = vocabulary(corpus)
    places = {(one.title, one.number): place for place, one in enumerate(corpus)}
    wanted = {"even": 0, "odd": 1}.get(options.half)
    questions = [
        (asked.text, [places[gold] for gold in asked.gold if gold in places])
        for place, asked in enumerate(law_questions())
        if wanted is None or place % 2 == wanted
    ]
    module = JiebaStatic(words, DIMENSION)
    torch.nn.init.normal_(module.embedding.weight, std=0.1)
    train(module, Pairs(corpus, words, questions, seed=7), options.epochs)
    options.out.mkdir(parents=True, exist_ok=True)
    static_model(module).save(str(options.out), create_model_card=False)
    (options.out / "training.json").write_text(
        json.dumps({"articles": len(corpus), "questions": len(questions), "epochs": options.epochs, "seed": 7}) + "\n"
    )


if __name__ == "__main__":
    main()
