package org.bpfree.cli.study;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfree.failure.Failure;
import org.bpfree.files.Json;
import org.bpfree.report.ClaimTable;
import org.bpfree.study.Evidence;
import org.bpfree.study.Study;
import org.bpfree.study.Verdict;
import org.bpfree.study.Verdict.Outcome;
import org.bpfree.study.Verdicts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree study check}: the verdicts. */
@Command(
        name = "check",
        description =
                "Holds every claim of a study against its final runs: supported, refuted or undecided, with what is missing.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every claim is supported",
            "2:the study is wrong, or claims nothing",
            "5:a claim is refuted",
            "75:a claim is undecided, or runs are not finished; none is refuted"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree study check configs/studies/smoke-study.yaml",
            "  bpfree study check configs/studies/smoke-study.yaml --archive smoke.jsonl --json"
        })
final class StudyCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyOptions options;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Study study = options.read(spec);
        if (study.settings().claims().isEmpty()) {
            throw Failure.usage(
                    "the study " + study.name() + " claims nothing", "Add 'claims' to " + options.file() + ".");
        }
        options.planned(study);
        Evidence evidence = Evidence.read(study, options.folder(study));
        List<Verdict> verdicts = Verdicts.of(study.settings().claims(), evidence);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(ClaimTable.rows(verdicts)));
        } else {
            ClaimTable.rows(verdicts).forEach(row -> out.println(row.text()));
        }
        evidence.warnings().forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
        return exitCode(verdicts);
    }

    private static int exitCode(List<Verdict> verdicts) {
        List<Outcome> outcomes = verdicts.stream().map(Verdict::outcome).toList();
        if (outcomes.contains(Outcome.REFUTED)) {
            return Failure.Kind.MISMATCH.exitCode();
        }
        return outcomes.contains(Outcome.UNDECIDED) ? Failure.Kind.INTERRUPTED.exitCode() : 0;
    }
}
