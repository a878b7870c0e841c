/** Measures the archive from inside. */
@NullMarked
package io.thoughtbus.server.archive;

import org.jspecify.annotations.NullMarked;
