package io.thoughtbus.ledger;

import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The lines of an export that holds some records of its range, each of them JSON in its canonical form (RFC 8785). */
public final class SelectionLine {
    static final String BEGIN = "{\"selection\":";
    static final String END = "{\"selected\":";

    private SelectionLine() {}

    /**
     * The line before each section. Like that of a whole export it does not say where the export began.
     *
     * @param criteria by which records are chosen, by their names
     */
    public static String begin(ExportSection section, SortedMap<String, String> criteria) {
        ExportRange export = section.export();
        ObjectNode stated = JsonNodeFactory.instance.objectNode();
        ObjectNode by = stated.putObject("by");
        criteria.forEach(by::put);
        stated.put("end", export.to())
                .put("from", section.from())
                .put("origin", export.origin())
                .put("size", export.size())
                .put("to", section.to());
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.set("selection", stated);
        return LedgerRecord.text(LedgerRecord.canonical(line));
    }

    /** The line of a chosen record: the path leads from its hash to the root of the checkpoint. */
    public static String record(long leaf, Hash hash, List<Hash> path, byte[] salt, byte[] canonical) {
        return ExportLine.RECORD + hash + "\",\"leaf\":" + leaf + ",\"path\":\"" + ExportLine.joined(path)
                + "\",\"record\":" + LedgerRecord.text(canonical) + ",\"salt\":\""
                + Base64.getEncoder().encodeToString(salt) + "\"}";
    }

    /**
     * The line after each section.
     *
     * @param chosen how many records of the section were chosen
     * @param undecided of how many nobody can tell, because they or what they are about are no longer there
     */
    public static String end(ExportSection section, long chosen, long undecided) {
        return END + "{\"chosen\":" + chosen + ",\"from\":" + section.from() + ",\"to\":" + section.to()
                + ",\"undecided\":" + undecided + "}}";
    }
}
