package org.bpfree.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;
import org.bpfree.files.Json;

/**
 * What tells of a run in its folder, without its weights: read to be kept elsewhere, and written back. Members are as the files have them; null
 * where a file is not there.
 *
 * @param status the content of {@code STATUS}
 * @param result of {@code result.json}
 * @param metrics the lines of {@code metrics.jsonl}
 * @param manifest of {@code manifest.json}
 * @param confusion of {@code confusion.json}
 * @param correct of {@code correct.json}
 */
public record RunFiles(
        String status,
        @JsonInclude(JsonInclude.Include.NON_NULL) JsonNode result,
        List<JsonNode> metrics,
        @JsonInclude(JsonInclude.Include.NON_NULL) JsonNode manifest,
        @JsonInclude(JsonInclude.Include.NON_NULL) JsonNode confusion,
        @JsonInclude(JsonInclude.Include.NON_NULL) JsonNode correct) {

    /**
     * Reads a run folder.
     *
     * @throws Failure if a file is damaged
     */
    public static RunFiles read(RunFolder run) {
        return new RunFiles(
                run.status().map(each -> each.name().toLowerCase(Locale.ROOT)).orElse("unknown"),
                run.json("result.json", JsonNode.class).orElse(null),
                metrics(run.file("metrics.jsonl")),
                run.json("manifest.json", JsonNode.class).orElse(null),
                run.json("confusion.json", JsonNode.class).orElse(null),
                run.json("correct.json", JsonNode.class).orElse(null));
    }

    static List<JsonNode> metrics(Path file) {
        List<JsonNode> lines = new ArrayList<>();
        if (!InputFile.isThere(file)) {
            return lines;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                lines.add(Json.parse(line));
            }
        } catch (JsonProcessingException e) {
            throw RunFolder.damaged(file, lines.size() + 1, e);
        } catch (IOException e) {
            throw InputFile.cannotRead(Failure.Kind.FAILED, file, e);
        }
        return lines;
    }

    /** The same with the last line of each kind in each epoch: what curves over epochs need. */
    public RunFiles thinned() {
        Map<List<Object>, JsonNode> last = new LinkedHashMap<>();
        for (JsonNode line : metrics) {
            List<Object> kind = List.of(line.path("epoch").asInt(), Json.names(line));
            last.remove(kind); // so that lines stay in the order of their steps
            last.put(kind, line);
        }
        return new RunFiles(status, result, List.copyOf(last.values()), manifest, confusion, correct);
    }

    /**
     * Makes a run folder that tells the same, without weights.
     *
     * @param configuration the resolved experiment
     */
    public void write(Path folder, String configuration) {
        RunFolder run = RunFolder.createAnew(folder);
        AtomicFile.write(run.file("config.resolved.yaml"), configuration);
        AtomicFile.write(
                run.file("metrics.jsonl"),
                metrics.stream().map(line -> Json.line(line) + "\n").collect(Collectors.joining()));
        write(run.file("manifest.json"), manifest);
        write(run.file("confusion.json"), confusion);
        write(run.file("correct.json"), correct);
        write(run.file(RunResult.FILE), result);
        AtomicFile.write(run.file("STATUS"), status + "\n");
    }

    private static void write(Path file, JsonNode content) {
        if (content != null) {
            AtomicFile.write(file, Json.pretty(content) + "\n");
        }
    }
}
