/** Texts to unit vectors by a sentence model that runs in this process and connects to nothing. */
@NullMarked
package io.thoughtbus.embeddings;

import org.jspecify.annotations.NullMarked;
