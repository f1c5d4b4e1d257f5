package org.bpfree.cli.study;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfree.files.AtomicFile;
import org.bpfree.report.ArmTable;
import org.bpfree.report.ClaimTable;
import org.bpfree.report.TableFormat;
import org.bpfree.study.Evidence;
import org.bpfree.study.Study;
import org.bpfree.study.Verdicts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree study report}: the tables of a study. */
@Command(
        name = "report",
        description =
                "Prints the arms of a study with intervals and differences, and its claims with verdicts, as tables for papers and"
                        + " pages. 'bpfree report FILE' makes a page of the same with charts.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree study report configs/studies/smoke-study.yaml",
            "  bpfree study report configs/studies/smoke-study.yaml --format latex -o table.tex",
            "  bpfree study report configs/studies/smoke-study.yaml --archive smoke.jsonl --format csv"
        })
final class StudyReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyOptions options;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}. csv has the arms alone.")
    private TableFormat format = TableFormat.markdown;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where the tables go; replaced when it is there. Default: standard output.")
    private Path out;

    @Override
    public Integer call() {
        Study study = options.read(spec);
        options.planned(study);
        Evidence evidence = Evidence.read(study, options.folder(study));
        String text = tables(study, evidence);
        PrintWriter err = spec.commandLine().getErr();
        evidence.warnings().forEach(warning -> err.println("warning: " + warning));
        if (out == null) {
            spec.commandLine().getOut().print(text);
        } else {
            AtomicFile.createFolder(out.toAbsolutePath().getParent());
            AtomicFile.write(out, text);
            spec.commandLine().getOut().println(out);
        }
        return 0;
    }

    private String tables(Study study, Evidence evidence) {
        List<ArmTable.Row> arms = ArmTable.rows(study, evidence);
        List<String> head = new ArrayList<>(List.of("arm"));
        head.addAll(arms.get(0).cells().keySet());
        head.add("settings");
        String text = format.print(
                head,
                arms.stream()
                        .map(arm -> {
                            List<String> row = new ArrayList<>(List.of(arm.name()));
                            row.addAll(arm.cells().values());
                            row.add(arm.settings());
                            return row;
                        })
                        .toList());
        List<ClaimTable.Row> claims =
                ClaimTable.rows(Verdicts.of(study.settings().claims(), evidence));
        if (claims.isEmpty() || format == TableFormat.csv) {
            return text;
        }
        return text + "\n"
                + format.print(
                        List.of("claim", "verdict", "figure", "measured", "claimed", "seeds", "missing"),
                        claims.stream()
                                .map(claim -> List.of(
                                        claim.says() + (claim.source().isEmpty() ? "" : " (" + claim.source() + ")"),
                                        claim.verdict().toString(),
                                        claim.figure(),
                                        claim.measured(),
                                        claim.bound(),
                                        String.valueOf(claim.seeds()),
                                        claim.missing()))
                                .toList());
    }
}
