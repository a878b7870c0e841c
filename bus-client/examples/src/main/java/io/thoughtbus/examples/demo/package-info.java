/** The demonstration that {@code deploy/demo} plays. */
@NullMarked
package io.thoughtbus.examples.demo;

import org.jspecify.annotations.NullMarked;
