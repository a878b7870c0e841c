package io.thoughtbus.server.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/** Answers in JSON of a known length, so that each leaves whole in one packet instead of in chunks. */
final class WholeJsonConverter extends JacksonJsonHttpMessageConverter {

    WholeJsonConverter(JsonMapper json) {
        super(json);
    }

    @Override
    protected void writeInternal(
            Object answer, ResolvableType type, HttpOutputMessage message, @Nullable Map<String, Object> hints)
            throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(256);
        super.writeInternal(answer, type, new Buffered(message.getHeaders(), body), hints);
        message.getHeaders().setContentLength(body.size());
        body.writeTo(message.getBody());
    }

    private record Buffered(HttpHeaders headers, OutputStream body) implements HttpOutputMessage {
        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public OutputStream getBody() {
            return body;
        }
    }
}
