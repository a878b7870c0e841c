/** Measurements of single steps of deciding. */
@NullMarked
package io.thoughtbus.server.interest;

import org.jspecify.annotations.NullMarked;
