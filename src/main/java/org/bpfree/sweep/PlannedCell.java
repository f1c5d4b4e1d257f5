package org.bpfree.sweep;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpfree.experiment.ResolvedYaml;
import org.bpfree.files.Json;

/**
 * One cell of a plan, and one line of its file.
 *
 * @param index position in the plan, counted from 0
 * @param id the first 16 digits of the SHA-256 of the configuration
 * @param cells how many the plan has
 * @param sweep name of the sweep or study
 * @param arm of the study that the cell belongs to; null in a sweep
 * @param base the experiment file that the cell was made from, relative to the plan
 * @param baseHash SHA-256 of that file when the plan was made
 * @param settings what the cell changes: YAML values by path, without the seed
 * @param seed of the cell
 * @param configuration the whole experiment, every default filled in, as YAML
 * @param check the first 16 digits of the SHA-256 of the line without them
 */
@JsonPropertyOrder({
    "index",
    "id",
    "cells",
    "sweep",
    "arm",
    "base",
    "baseHash",
    "settings",
    "seed",
    "configuration",
    "check"
})
public record PlannedCell(
        int index,
        String id,
        int cells,
        String sweep,
        @JsonInclude(JsonInclude.Include.NON_NULL) String arm,
        String base,
        String baseHash,
        Map<String, String> settings,
        long seed,
        String configuration,
        String check) {

    private static final int DIGITS = 16;
    private static final int LONGEST = 80;
    /** The id of a resolved configuration: equal for equal experiments, however they are written. */
    public static String idOf(String configuration) {
        return checkOf(configuration);
    }

    /** The first 16 digits of the SHA-256 of a text. */
    public static String checkOf(String text) {
        return ResolvedYaml.hash(text).substring(0, DIGITS);
    }

    /** The same cell with a right check. */
    PlannedCell sealed() {
        return withCheck(checkOf(withCheck("").json()));
    }

    /** Whether nothing in the line has changed since it was written. */
    boolean intact() {
        return check != null
                && check.equals(sealed().check)
                && idOf(configuration).equals(id);
    }

    private PlannedCell withCheck(String other) {
        return new PlannedCell(index, id, cells, sweep, arm, base, baseHash, settings, seed, configuration, other);
    }

    /** The cell as one line of JSON. */
    String json() {
        return Json.line(this);
    }

    /** Reads a line; whether it is {@link #intact} is another question. */
    static PlannedCell parse(String line) throws JsonProcessingException {
        return Json.parseExactly(line, PlannedCell.class);
    }

    /** Its arm and what the cell changes, in words: {@code learner={type: ekdaa} optimizer.learningRate=0.1}; {@code base} for nothing. */
    public String label() {
        String changed = words(settings);
        return arm == null ? (changed.isEmpty() ? "base" : changed) : (arm + " " + changed).strip();
    }

    /** Settings on one line: {@code optimizer.learningRate=0.1 learner.gamma=1}; nothing for none. */
    public static String words(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
    }

    /** The name of its run folder, for people and for the id: {@code fa,learningRate=0.1-s1-CELLID}; {@code base-…} for nothing changed. */
    String folderName() {
        String changed = Stream.concat(
                        Stream.ofNullable(arm),
                        settings.entrySet().stream().map(each -> named(each.getKey(), each.getValue())))
                .map(each -> each.replaceAll("[^A-Za-z0-9.,=+_-]+", ""))
                .collect(Collectors.joining(","));
        String readable = changed.isEmpty() ? "base" : changed.substring(0, Math.min(changed.length(), LONGEST));
        return readable + "-s" + seed + "-" + id;
    }

    /** A setting by the last part of its path; one that chooses a type by that type. */
    private static String named(String path, String value) {
        String last = path.substring(path.lastIndexOf('.') + 1);
        String plain = value.replaceAll("\\btype:", "").replaceAll(":\\s*", "=");
        return last.equals("type") || value.contains("type:") ? plain : last + "=" + plain;
    }
}
