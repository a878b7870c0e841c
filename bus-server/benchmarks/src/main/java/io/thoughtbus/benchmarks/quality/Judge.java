package io.thoughtbus.benchmarks.quality;

import io.thoughtbus.embeddings.Embedding;

/** What one way to make an interest says about a fact. */
interface Judge {
    /** Above 0 if the fact wakes; comparable between the interests of one way. */
    double margin(Embedding fact);
}
