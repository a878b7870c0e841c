package io.thoughtbus.server.judge;

import com.github.benmanes.caffeine.cache.Ticker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Asks an OpenAI-compatible chat endpoint: one request for each fact, those of a batch at the same time. */
final class ChatJudge implements Judge {
    private static final Logger log = LoggerFactory.getLogger(ChatJudge.class);
    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;

    /** What says that nothing will be answered for now; other refusals may be about what was asked. */
    private static final Set<Integer> AWAY = Set.of(401, 403, 404, 408, 429);

    private final URI address;
    private final String model;
    private final @Nullable String key;
    private final Duration timeout;
    private final ChatForm form;
    private final Ticker ticker;
    private final HttpClient client;

    ChatJudge(URI base, String model, @Nullable String key, Duration timeout, JsonMapper json, Ticker ticker) {
        this.address = URI.create(base.toString().replaceAll("/+$", "") + "/chat/completions");
        this.model = model;
        this.key = key;
        this.timeout = timeout;
        this.form = new ChatForm(json, model);
        this.ticker = ticker;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    @Override
    public String id() {
        return model;
    }

    @Override
    public Answers answer(List<Question> questions) {
        long deadline = ticker.read() + timeout.toNanos();
        Map<String, List<Integer>> byFact = new LinkedHashMap<>();
        for (int i = 0; i < questions.size(); i++) {
            byFact.computeIfAbsent(questions.get(i).fact(), fact -> new ArrayList<>())
                    .add(i);
        }
        List<Request> requests = byFact.entrySet().stream()
                .map(about -> send(about.getKey(), about.getValue(), questions))
                .toList();
        OptionalDouble[] probabilities = new OptionalDouble[questions.size()];
        Arrays.fill(probabilities, OptionalDouble.empty());
        boolean anyAway = false;
        for (Request request : requests) {
            anyAway |= !await(request, deadline, probabilities);
        }
        boolean anyAnswer = Arrays.stream(probabilities).anyMatch(OptionalDouble::isPresent);
        return new Answers(List.of(probabilities), anyAway && !anyAnswer);
    }

    @Override
    public void close() {}

    private Request send(String fact, List<Integer> places, List<Question> questions) {
        String body = form.request(
                fact,
                places.stream().map(place -> questions.get(place).interest()).toList());
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return new Request(places, client.sendAsync(request.build(), head -> new BoundedBody()));
    }

    /** Notes what a request was answered; whether the endpoint was there. */
    private boolean await(Request request, long deadline, OptionalDouble[] probabilities) {
        try {
            long left = Math.max(0, deadline - ticker.read());
            HttpResponse<String> answer = request.answer().get(left, TimeUnit.NANOSECONDS);
            if (answer.statusCode() != OK) {
                log.warn("The second stage answers with status {}", answer.statusCode());
                return answer.statusCode() < SERVER_ERROR && !AWAY.contains(answer.statusCode());
            }
            List<Integer> places = request.places();
            List<Double> answers = form.probabilities(answer.body(), places.size());
            for (int i = 0; i < places.size(); i++) {
                probabilities[places.get(i)] = OptionalDouble.of(answers.get(i));
            }
            return true;
        } catch (IllegalArgumentException e) {
            log.warn("The second stage answers with {}", e.getMessage());
            return true;
        } catch (ExecutionException e) {
            log.warn("The second stage is away: {}", String.valueOf(e.getCause()));
            return false;
        } catch (TimeoutException e) {
            log.warn("The second stage does not answer within {}", timeout);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            request.answer().cancel(true);
        }
    }

    /**
     * What was asked about one fact.
     *
     * @param places of the questions in their batch
     */
    private record Request(List<Integer> places, CompletableFuture<HttpResponse<String>> answer) {}
}
