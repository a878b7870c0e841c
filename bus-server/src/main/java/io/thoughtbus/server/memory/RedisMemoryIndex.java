package io.thoughtbus.server.memory;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.NamespacePart;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.RedisSearch;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.args.SortingOrder;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.search.Document;
import redis.clients.jedis.search.FTCreateParams;
import redis.clients.jedis.search.FTSearchParams;
import redis.clients.jedis.search.IndexDataType;
import redis.clients.jedis.search.schemafields.NumericField;
import redis.clients.jedis.search.schemafields.TagField;

/** The positions of live facts by subject, time and meaning. */
@Component
final class RedisMemoryIndex implements NamespacePart {
    private static final Pattern KEY = Pattern.compile("tb:\\{[^/}]+/(\\d+)}:fact:[0-9a-f]+:(\\d+)-(\\d+)");

    private final RedisClient redis;
    private final Shards shards;
    private final String model;
    private final int dimension;

    RedisMemoryIndex(RedisClient redis, Shards shards, Embedder embedder) {
        this.redis = redis;
        this.shards = shards;
        this.model = embedder.modelId().tag();
        this.dimension = embedder.dimension();
    }

    @Override
    public void open(String namespace) {
        createIfAbsent(namespace, form(namespace));
    }

    @Override
    public void create(String namespace) {
        createIfAbsent(namespace, form(namespace).skipInitialScan());
    }

    /** The oldest facts accepted at or after a time, oldest first. */
    List<FactId> since(String namespace, @Nullable String subject, long milliseconds, int most) {
        FTSearchParams parameters =
                parameters(most).addParam("from", milliseconds).sortBy("p", SortingOrder.ASC);
        return search(namespace, subject == null ? "@m:[$from +inf]" : "@s:{$s} @m:[$from +inf]", subject, parameters);
    }

    /** The facts that mean what is nearest, nearest first. */
    List<FactId> nearest(String namespace, @Nullable String subject, Embedding meaning, int most) {
        FTSearchParams parameters = parameters(most)
                .addParam("k", most)
                .addParam("q", meaning.toBytes())
                .sortBy("d", SortingOrder.ASC);
        return search(namespace, (subject == null ? "*" : "(@s:{$s})") + "=>[KNN $k @v $q AS d]", subject, parameters);
    }

    private List<FactId> search(String namespace, String query, @Nullable String subject, FTSearchParams parameters) {
        if (subject != null) {
            parameters.addParam("s", subject);
        }
        requireWholeIndex(namespace);
        return RedisSearch.whole(redis.ftSearch(name(namespace), query, parameters)).getDocuments().stream()
                .map(RedisMemoryIndex::position)
                .toList();
    }

    private void requireWholeIndex(String namespace) {
        RedisSearch.IndexState state;
        try {
            state = RedisSearch.state(redis, name(namespace));
        } catch (JedisDataException e) {
            if (!RedisSearch.isMissingIndex(e)) {
                throw e;
            }
            open(namespace);
            state = RedisSearch.state(redis, name(namespace));
        }
        if (!state.scanned()) {
            throw new ProblemException(
                    ProblemType.INDEX_INCOMPLETE, "the index of live memory holds " + state.documents() + " facts yet");
        }
    }

    private FTCreateParams form(String namespace) {
        String[] prefixes = shards.all()
                .mapToObj(shard -> RedisJournal.memoryPrefix(namespace, shard, model))
                .toArray(String[]::new);
        return FTCreateParams.createParams().on(IndexDataType.HASH).prefix(prefixes);
    }

    private void createIfAbsent(String namespace, FTCreateParams form) {
        RedisSearch.createIfAbsent(
                redis,
                name(namespace),
                form,
                List.of(
                        RedisSearch.exactInnerProduct("v", dimension),
                        TagField.of("s").caseSensitive(),
                        NumericField.of("m").sortable(),
                        TagField.of("p").sortableUNF().noIndex()));
    }

    private String name(String namespace) {
        return RedisKeys.namespace(namespace, "memory:" + model);
    }

    private static FTSearchParams parameters(int most) {
        return FTSearchParams.searchParams()
                .noContent()
                .limit(0, most)
                .timeout(RedisSearch.TIMEOUT_MILLIS)
                .dialect(RedisSearch.DIALECT);
    }

    private static FactId position(Document document) {
        Matcher key = KEY.matcher(document.getId());
        if (!key.matches()) {
            throw new IllegalStateException("live memory holds something that is no fact: " + document.getId());
        }
        return new FactId(Integer.parseInt(key.group(1)), Long.parseLong(key.group(2)), Long.parseLong(key.group(3)));
    }
}
