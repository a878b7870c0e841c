@NullMarked
package io.thoughtbus.embeddings;

import org.jspecify.annotations.NullMarked;
