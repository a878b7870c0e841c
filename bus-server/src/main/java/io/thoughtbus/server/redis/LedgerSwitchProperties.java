package io.thoughtbus.server.redis;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether there is a ledger. The functions inside Redis note nothing for it where there is none.
 *
 * @param enabled whether what happens is entered in a ledger; the same on every server of a Redis
 */
@ConfigurationProperties("thoughtbus.ledger")
public record LedgerSwitchProperties(@DefaultValue("true") boolean enabled) {}
