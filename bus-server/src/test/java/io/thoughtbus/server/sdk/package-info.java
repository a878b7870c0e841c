/** Tests of the client against the whole bus. */
@NullMarked
package io.thoughtbus.server.sdk;

import org.jspecify.annotations.NullMarked;
