package org.bpfree.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.bpfree.files.Json;
import org.bpfree.run.RunResult;
import org.bpfree.statistics.Summary;

/** Results for programs; figures that do not exist are null. */
final class JsonResults {
    private JsonResults() {}

    static String print(Results results) {
        ObjectNode root = Json.object().put("sweep", results.sweep());
        ArrayNode cells = root.putArray("cells");
        results.rows().forEach(row -> cell(cells.addObject(), row));
        ArrayNode groups = root.putArray("groups");
        results.groups().forEach(group -> group(groups.addObject(), group));
        return root.toPrettyString() + "\n";
    }

    private static void cell(ObjectNode node, Results.Row row) {
        PlannedCell cell = row.report().cell();
        node.put("index", cell.index()).put("id", cell.id());
        settings(node, cell.settings());
        node.put("seed", cell.seed())
                .put("state", row.report().state().toString())
                .put("reason", row.report().reason())
                .put("version", row.version());
        put(node, "gainOverShallow", row.gain().value().orElse(Double.NaN));
        node.put("shallowControl", row.gain().control().toString());
        node.set("result", row.result().map(RunResult::toJsonNode).orElse(node.nullNode()));
    }

    private static void group(ObjectNode node, Results.Group group) {
        settings(node, group.settings());
        node.put("seedsPlanned", group.planned()).put("seedsDone", group.done());
        for (Figure figure : Figure.values()) {
            ObjectNode object = node.putObject(figure.meanName());
            statistics(object, group.of(figure));
            if (group.undefined().get(figure) > 0) {
                object.put("undefinedSeeds", group.undefined().get(figure));
            }
        }
        statistics(node.putObject("gainOverShallow"), group.gain());
    }

    private static void settings(ObjectNode node, Map<String, String> settings) {
        ObjectNode block = node.putObject("settings");
        settings.forEach(block::put);
    }

    private static void statistics(ObjectNode node, Summary statistics) {
        put(node, "mean", statistics.mean());
        put(node, "sd", statistics.deviation());
    }

    /** JSON has no NaN. */
    private static void put(ObjectNode node, String name, double value) {
        if (Double.isNaN(value)) {
            node.putNull(name);
        } else {
            node.put(name, value);
        }
    }
}
