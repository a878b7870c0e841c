package io.thoughtbus.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The bus as a program. */
@SpringBootApplication
public class BusServer {
    /** Starts the bus and returns when it serves. */
    public static void main(String[] arguments) {
        SpringApplication.run(BusServer.class, arguments);
    }
}
