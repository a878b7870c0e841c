package io.thoughtbus.server.interest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.thoughtbus.protocol.Qualifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Interests as hashes: the vector of the first part, those of the further ones, and the rest as JSON. */
final class InterestHash {
    static final byte[] VECTOR = {'v'};
    static final byte[] FURTHER = {'p'};
    static final byte[] REST = {'m'};

    private final JsonMapper json;

    InterestHash(JsonMapper json) {
        this.json = json;
    }

    /** The vectors of all parts, in their order. */
    static List<byte[]> vectors(CompiledInterest interest) {
        return interest.parts().stream()
                .map(part -> InterestVectors.interest(part.direction(), interest.lowest(part)))
                .toList();
    }

    /** How long each of the vectors is, for embeddings of so many components. */
    static int vectorLength(int components) {
        return InterestVectors.dimension(components) * Float.BYTES;
    }

    String rest(CompiledInterest interest) {
        return json.writeValueAsString(new Rest(
                interest.version(),
                interest.threshold(),
                interest.filter() == null ? null : interest.filter().expression(),
                interest.minded().isEmpty() ? null : interest.minded(),
                interest.doubt(),
                interest.parts().size() == 1
                        ? null
                        : interest.parts().stream()
                                .map(part -> new StoredPart(part.threshold(), part.members()))
                                .toList()));
    }

    /** How many parts an interest has, by its rest; none if that cannot be read. */
    OptionalInt parts(byte @Nullable [] rest) {
        return read(rest).map(found -> OptionalInt.of(found.size())).orElse(OptionalInt.empty());
    }

    /**
     * The interest that a hash holds; none if the hash is not as it must be.
     *
     * @param fields the vector, the further vectors, and the rest
     * @param components of the embeddings
     */
    @Nullable
    CompiledInterest decode(InterestRef ref, List<byte[]> fields, int components) {
        byte[] first = fields.get(0);
        byte[] further = fields.get(1) == null ? new byte[0] : fields.get(1);
        int length = vectorLength(components);
        Rest rest = read(fields.get(2)).orElse(null);
        if (first == null || first.length != length || rest == null || further.length != length * (rest.size() - 1)) {
            return null;
        }
        List<InterestPart> parts = new ArrayList<>();
        for (int i = 0; i < rest.size(); i++) {
            byte[] vector = i == 0 ? first : Arrays.copyOfRange(further, (i - 1) * length, i * length);
            StoredPart part = rest.part(i);
            parts.add(
                    new InterestPart(InterestVectors.direction(vector, components), part.threshold(), part.members()));
        }
        return new CompiledInterest(
                ref.subscription(),
                ref.revision(),
                rest.version(),
                parts,
                rest.filter() == null ? null : Filter.compile(rest.filter()),
                rest.minded() == null ? Set.of() : rest.minded(),
                rest.doubt());
    }

    private Optional<Rest> read(byte @Nullable [] stored) {
        try {
            return Stream.ofNullable(stored)
                    .map(bytes -> json.readValue(bytes, Rest.class))
                    .filter(rest -> rest.size() <= InterestPart.MOST)
                    .findFirst();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** What an interest's hash holds besides the vectors; parts only where there are several. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Rest(
            @JsonProperty("n") int version,
            @JsonProperty("t") double threshold,
            @JsonProperty("f") @Nullable String filter,
            @JsonProperty("g") @Nullable Set<Qualifier> minded,
            @JsonProperty("s") @Nullable Doubt doubt,
            @JsonProperty("p") @Nullable List<StoredPart> parts) {
        int size() {
            return parts == null || parts.isEmpty() ? 1 : parts.size();
        }

        StoredPart part(int number) {
            return parts == null || parts.isEmpty() ? new StoredPart(threshold, List.of()) : parts.get(number);
        }
    }

    private record StoredPart(
            @JsonProperty("t") double threshold,
            @JsonProperty("x") List<Integer> members) {
        StoredPart {
            members = members == null ? List.of() : members;
        }
    }
}
