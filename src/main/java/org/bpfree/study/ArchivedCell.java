package org.bpfree.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bpfree.files.Json;
import org.bpfree.run.RunFiles;
import org.bpfree.run.RunRecord;
import org.bpfree.sweep.PlannedCell;

/**
 * A finished cell as one line of an archive: everything that tables, charts and verdicts are made of, and what is needed to run it again.
 *
 * @param id the first 16 digits of the SHA-256 of the configuration
 * @param study its name
 * @param stage {@code final}, or the round of tuning
 * @param arm of the study
 * @param settings what was chosen or tried, by path
 * @param seed of the run
 * @param configuration the whole experiment, as YAML
 * @param files what the run folder held
 * @param check the first 16 digits of the SHA-256 of the line without them
 */
public record ArchivedCell(
        String id,
        String study,
        String stage,
        String arm,
        Map<String, String> settings,
        long seed,
        String configuration,
        RunFiles files,
        String check) {
    /** A cell and what its run folder holds. */
    static ArchivedCell of(PlannedCell cell, Stage stage, RunFiles files) {
        return new ArchivedCell(
                        cell.id(),
                        cell.sweep(),
                        stage.name(),
                        cell.arm(),
                        cell.settings(),
                        cell.seed(),
                        cell.configuration(),
                        files.thinned(),
                        "")
                .sealed();
    }

    /**
     * Reads a line.
     *
     * @return what is wrong with it, or the cell
     */
    static Read read(String line) {
        ArchivedCell cell;
        try {
            cell = Json.parseExactly(line, ArchivedCell.class);
        } catch (JsonProcessingException e) {
            return new Read(Optional.empty(), "not an archived cell: " + e.getOriginalMessage());
        }
        if (cell == null || cell.configuration == null || cell.files == null) {
            return new Read(Optional.empty(), "not an archived cell");
        }
        if (!PlannedCell.idOf(cell.configuration).equals(cell.id)) {
            return new Read(Optional.empty(), "its configuration does not match its id " + cell.id);
        }
        return cell.sealed().check.equals(cell.check)
                ? new Read(Optional.of(cell), "")
                : new Read(
                        Optional.empty(),
                        "has changed since it was written: its check does not match (cell " + cell.id + ")");
    }

    /**
     * What became of a line.
     *
     * @param cell that it holds
     * @param problem why it holds none
     */
    record Read(Optional<ArchivedCell> cell, String problem) {}

    /** The run, as tables and charts take it. */
    RunRecord run() {
        return RunRecord.of(Path.of(study, stage, arm + "-s" + seed), configuration, files);
    }

    private ArchivedCell sealed() {
        return withCheck(PlannedCell.checkOf(withCheck("").line()));
    }

    private ArchivedCell withCheck(String other) {
        return new ArchivedCell(id, study, stage, arm, settings, seed, configuration, files, other);
    }

    /** The cell as one line of JSON. */
    String line() {
        return Json.line(this);
    }
}
