package io.thoughtbus.server.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Answers requests that Tomcat refuses itself, such as malformed request lines, in the form of RFC 9457 too. */
public final class ProblemReportValve extends ErrorReportValve {
    private static final String MALFORMED = "the request line, a header or the framing of the body is not allowed";
    private static final String OFFERED = "see /v3/api-docs for what is offered";

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ProblemType type = type(status);
        byte[] problem = ("{\"type\":\"" + type.urn() + "\",\"title\":\"" + type.title() + "\",\"status\":" + status
                        + ",\"detail\":\"" + (type == ProblemType.MALFORMED_REQUEST ? MALFORMED : OFFERED) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        try {
            response.setContentType("application/problem+json");
            response.setContentLength(problem.length);
            response.getOutputStream().write(problem);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            container.getLogger().debug("a refusal could not be written", e);
        }
    }

    private static ProblemType type(int status) {
        return switch (status) {
            case 404 -> ProblemType.NO_SUCH_RESOURCE;
            case 405 -> ProblemType.METHOD_NOT_ALLOWED;
            case 500 -> ProblemType.INTERNAL;
            case 503 -> ProblemType.STOPPING;
            default -> ProblemType.MALFORMED_REQUEST;
        };
    }
}
