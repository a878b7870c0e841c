package io.thoughtbus.server.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the HTTP doors.
 *
 * @param maxBody the largest body of a request that is not a stream of lines
 */
@ConfigurationProperties("thoughtbus.web")
record WebProperties(@DefaultValue("16MB") DataSize maxBody) {
    WebProperties {
        if (maxBody.toBytes() < 1024) {
            throw new IllegalArgumentException("thoughtbus.web.max-body must be at least 1KB but was " + maxBody);
        }
    }
}
