package io.thoughtbus.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;

/** The bus as a program. It has no error page: every refusal is a problem, and Tomcat's own are reported likewise. */
@SpringBootApplication(exclude = ErrorMvcAutoConfiguration.class)
public class BusServer {
    /** Starts the bus and returns when it serves. */
    public static void main(String[] arguments) {
        SpringApplication.run(BusServer.class, arguments);
    }
}
