"""What similarity means on this index: how near questions about anything else come to it.

Embedding models of the e5 family put everything close together: a question about the weather comes near to a policy
passage as well. How near depends on the model and on the documents, so it is measured when an index is built, with
questions that no policy framework answers, and kept in the manifest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vectorstore.embeddings import KaderEmbeddings

OFF_TOPIC: dict[str, tuple[str, ...]] = {
    "nl": (
        "Hoe lang moet een ei koken?",
        "Wie won de finale van het wereldkampioenschap voetbal?",
        "Welke motor zit er in deze auto?",
        "Hoe vervang ik de accu van mijn laptop?",
        "Wat is de afstand van de aarde tot de maan?",
        "Hoe maak ik een lekkere tomatensoep?",
        "Welke gitaar is geschikt voor een beginner?",
        "Wanneer bloeit een hortensia?",
        "Hoe installeer ik een printer onder Linux?",
        "Wat betekent de derde wet van Newton?",
        "Hoe laat vertrekt de trein naar Parijs?",
        "Welke kleur past bij een eikenhouten vloer?",
        "Wie schilderde de Mona Lisa?",
        "Hoe werkt een dieselmotor?",
        "Wat is de hoofdstad van Australië?",
        "Hoeveel calorieën zitten er in een banaan?",
    ),
    "en": (
        "How do I boil an egg?",
        "What is the tallest mountain in South America?",
        "Which programming language should I learn first?",
        "How do I remove a red wine stain?",
        "Who wrote Hamlet?",
        "What is the boiling point of nitrogen?",
        "How do I tune a violin?",
        "What is the best time to visit Japan?",
        "How do vaccines against flu get made in a laboratory?",
        "Which chess opening is best against e4?",
        "How far can an electric bicycle go on one charge?",
        "What did the dinosaurs eat?",
        "Which camera is best for birds?",
        "How do I knit a scarf?",
        "What is the distance to the moon?",
        "Who invented the telephone?",
    ),
}


_OF_THE_BEST = 0.75
"""How much less the best similarities of off-topic questions differ than all of them do.

Sixteen best ones are too few to measure that on each index: on eight collections they gave .012 to .019 for English,
where the deviation of all similarities is .023 to .026 on each, and of Dutch ones .022 to .024.
"""


@dataclass(frozen=True, slots=True)
class Background:
    """What off-topic questions of one language reach on an index.

    `mean` is that of their best cosine similarity, and `deviation` how much one such question differs from another;
    `usual` is the mean of their vectors: what a passage shares with it, it shares with any question (hubness:
    Radovanović et al., JMLR 2010).
    """

    mean: float
    deviation: float
    usual: tuple[float, ...]


def background(embeddings: KaderEmbeddings, vectors: np.ndarray) -> dict[str, Background]:
    """For each language, what off-topic questions reach among `vectors`, shape (passages, dimension), unit length.

    Languages are measured apart, for a question in another language than the documents stays farther from all of
    them. An index without passages gives a mean and deviation of 1: nothing can be near it.
    """
    measured = {}
    for language, texts in OFF_TOPIC.items():
        questions = np.asarray([embeddings.embed_query(q) for q in texts], dtype=np.float32)
        reached = questions @ vectors.T if len(vectors) else np.ones((len(texts), 1), dtype=np.float32)
        best = reached.max(axis=1)
        deviation = max(_OF_THE_BEST * float(reached.std()), 1e-3) if len(vectors) else 1.0
        usual = tuple(round(float(x), 6) for x in questions.mean(axis=0))
        measured[language] = Background(round(float(best.mean()), 6), round(deviation, 6), usual)
    return measured
