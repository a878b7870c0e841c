/** The bus as a Spring Boot application, cut into features. */
@NullMarked
package io.thoughtbus.server;

import org.jspecify.annotations.NullMarked;
