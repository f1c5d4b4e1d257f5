package org.bpfree.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.ErrorReport;
import org.bpfree.cli.console.ShippedNames;
import org.bpfree.experiment.ConfigText;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.ModelCheck;
import org.bpfree.failure.Failure;
import org.bpfree.files.Json;
import org.bpfree.study.Study;
import org.bpfree.sweep.Planner;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpfree config check}: everything that is wrong with experiment, sweep and study files. */
@Command(
        name = "check",
        description =
                "Checks experiments, sweeps and studies, every cell of them, and reports all problems with their places."
                        + " Exits 2 when there is one.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree config check configs/quickstart.yaml",
            "  bpfree config check --github configs/quickstart.yaml configs/sweeps/smoke.yaml",
            "  bpfree config check --config configs/quickstart.yaml --learner backprop"
        })
final class ConfigCheckCommand implements Callable<Integer> {
    /** The files, with or without the option. */
    private static final class Files {
        @Option(
                names = {"-c", "--config"},
                paramLabel = "FILE",
                completionCandidates = ShippedNames.class,
                required = true,
                description = "A file, or the name of a shipped one (bpfree list configs); repeatable.")
        private List<Path> options = List.of();

        @Parameters(
                paramLabel = "FILE",
                arity = "1..*",
                completionCandidates = ShippedNames.class,
                description = "The same, without the option.")
        private List<Path> parameters = List.of();
    }

    /** What there is to say of one file. */
    private record Report(Path file, String kind, List<String> warnings, Failure failure) {}

    @Spec
    private CommandSpec spec;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Files files;

    @Mixin
    private ConfigOptions changes;

    @Option(names = "--json", description = "Prints the findings as JSON.")
    private boolean json;

    @Option(
            names = "--github",
            description = "Prints the findings as annotations of GitHub Actions: '::error file=...,line=...'.")
    private boolean github;

    @Override
    public Integer call() {
        List<Path> all = files.options.isEmpty() ? files.parameters : files.options;
        List<Report> reports = all.stream().map(this::check).toList();
        if (json) {
            List<Map<String, Object>> data =
                    reports.stream().map(ConfigCheckCommand::data).toList();
            spec.commandLine().getOut().println(Json.pretty(data));
        } else {
            reports.forEach(github ? this::annotate : this::tell);
        }
        return reports.stream()
                .filter(report -> report.failure() != null)
                .mapToInt(report -> report.failure().kind().exitCode())
                .max()
                .orElse(0);
    }

    private Report check(Path file) {
        String kind = ConfigKind.experiment.toString();
        try {
            ConfigText text = changes.read(file);
            kind = ConfigKind.of(text.text()).toString();
            List<String> warnings = new ArrayList<>();
            if (!kind.equals(ConfigKind.experiment.toString())) {
                cells(file, kind).stream()
                        .flatMap(cell -> ModelCheck.warnings(cell).stream())
                        .distinct()
                        .forEach(warnings::add);
            } else {
                warnings.addAll(
                        ModelCheck.warnings(changes.load(text, List.of()).experiment()));
            }
            return new Report(file, kind, warnings, null);
        } catch (Failure failure) {
            return new Report(file, kind, List.of(), failure);
        }
    }

    /** The experiments of a sweep or a study. */
    private List<Experiment> cells(Path file, String kind) {
        if (kind.equals(ConfigKind.sweep.toString())) {
            return new Planner(file, changes.overrides(), List.of())
                    .plan(Path.of("plan.jsonl"))
                    .experiments();
        }
        if (!changes.overrides().isEmpty()) {
            throw Failure.usage("--set cannot change a study", "Write the value into the study's own 'set'.");
        }
        return Study.read(file, note -> {}).check();
    }

    private void tell(Report report) {
        if (report.failure() != null) {
            ErrorReport.report(report.failure(), spec.commandLine());
            return;
        }
        spec.commandLine().getOut().println(report.file() + ": ok");
        report.warnings().forEach(warning -> spec.commandLine().getOut().println("warning: " + warning));
    }

    private void annotate(Report report) {
        for (Failure.Finding finding : findings(report)) {
            String place = finding.line() == 0 ? "" : ",line=" + finding.line() + ",col=" + finding.column();
            String setting = finding.setting().isEmpty() ? "" : finding.setting() + ": ";
            annotation("error file=" + property(report.file()) + place, setting + finding.message());
        }
        report.warnings().forEach(warning -> annotation("warning file=" + property(report.file()), warning));
    }

    private void annotation(String head, String message) {
        spec.commandLine().getOut().println("::" + head + "::" + escape(message));
    }

    /** A property of an annotation ends at a comma or colon. */
    private static String property(Path file) {
        return escape(file.toString()).replace(":", "%3A").replace(",", "%2C");
    }

    private static String escape(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static Map<String, Object> data(Report report) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("file", report.file().toString());
        data.put("kind", report.kind());
        data.put("ok", report.failure() == null);
        data.put("problems", findings(report));
        data.put("warnings", report.warnings());
        return data;
    }

    private static List<Failure.Finding> findings(Report report) {
        Failure failure = report.failure();
        if (failure == null) {
            return List.of();
        }
        return failure.findings().isEmpty()
                ? List.of(new Failure.Finding(report.file().toString(), 0, 0, "", failure.getMessage()))
                : failure.findings();
    }
}
