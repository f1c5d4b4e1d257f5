package org.bpfree.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bpfree.experiment.ConfigText;
import org.bpfree.experiment.ShippedFiles;
import org.bpfree.files.UserPath;
import org.bpfree.study.Archive;
import org.bpfree.study.Findings;
import org.bpfree.study.Progress;
import org.bpfree.study.Study;
import org.bpfree.study.StudyFolder;

/** The studies and archives among the arguments of a report. */
final class StudySources {
    private final List<Path> studies = new ArrayList<>();
    private final List<Path> archives = new ArrayList<>();

    /** Whether an argument is a study file, the name of a shipped one, or an archive; it is kept then. */
    boolean take(String argument) {
        Path path = UserPath.of(argument);
        if (argument.endsWith(".jsonl") && Files.isRegularFile(path) && Archive.isOne(path)) {
            return archives.add(path);
        }
        boolean file = argument.matches(".*\\.ya?ml") && Files.isRegularFile(path);
        boolean shipped = !Files.exists(path)
                && ShippedFiles.find(path)
                        .filter(found -> found.name().startsWith("studies/"))
                        .isPresent();
        boolean study = shipped
                || file && ConfigKind.of(ConfigText.read(path, note -> {}).text()) == ConfigKind.study;
        return study && studies.add(path);
    }

    boolean isEmpty() {
        return studies.isEmpty() && archives.isEmpty();
    }

    /**
     * What they tell. Cells of archives beside studies count as done; archives alone are shown as they are.
     *
     * @param runs the folder above those of studies
     * @param note is told when a study is a shipped one
     */
    List<Findings> findings(Path runs, Consumer<String> note) {
        List<Archive> read = archives.stream().map(Archive::read).toList();
        if (studies.isEmpty()) {
            return read.stream()
                    .flatMap(archive -> Findings.of(archive).stream())
                    .toList();
        }
        List<Findings> findings = new ArrayList<>();
        for (Path file : studies) {
            Study study = Study.read(file, note);
            StudyFolder folder = StudyFolder.of(runs, study);
            new Progress(study, folder, read)
                    .requirePlan("Run it with: bpfree study run " + file + ", or name its archive, too.");
            findings.add(Findings.of(study, folder));
        }
        return findings;
    }
}
