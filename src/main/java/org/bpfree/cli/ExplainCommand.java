package org.bpfree.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.bpfree.binding.Expectation;
import org.bpfree.binding.Nearest;
import org.bpfree.binding.SettingsTypes;
import org.bpfree.cli.console.Paragraph;
import org.bpfree.cli.console.Terminal;
import org.bpfree.experiment.InstalledTypes;
import org.bpfree.experiment.SettingIndex;
import org.bpfree.experiment.SettingIndex.Entry;
import org.bpfree.failure.Failure;
import org.bpfree.learn.LearnerProvider;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.model.LayerSettings;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.settings.Doc;
import org.bpfree.tensor.ActivationFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpfree explain}: what a learner, layer, optimizer or setting does. */
@Command(
        name = "explain",
        description =
                "Explains a learner, layer, optimizer or setting: its rule in formulas, every setting with its range"
                        + " and default, when it fails, where it was published, and an example.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  bpfree explain ekdaa", "  bpfree explain batch-norm", "  bpfree explain data.trainLimit"})
final class ExplainCommand implements Callable<Integer> {
    private static final int WIDTH = 80;
    private static final String INDENT = "  ";
    private static final String DEEPER = "      ";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            arity = "1",
            completionCandidates = ExplainableNames.class,
            description = "A learner, layer or optimizer by its type, or a setting by its path or name.")
    private String name;

    private int width;
    private final SettingsTypes types = InstalledTypes.find();
    private final SettingIndex index = new SettingIndex(types);

    @Override
    public Integer call() {
        name = calledHere(name);
        width = Terminal.showsResults() ? Math.min(WIDTH, Terminal.width()) : WIDTH;
        boolean found = explain("learner", LearnerSettings.class, "learners")
                | explain("layer", LayerSettings.class, "layers")
                | explain("optimizer", OptimizerSettings.class, "optimizers");
        List<Entry> settings = index.find(name);
        if (!settings.isEmpty()) {
            settings(settings);
        } else if (!found) {
            throw Failure.usage(
                    "there is no learner, layer, optimizer or setting named " + name + "."
                            + Nearest.question(name, known()),
                    "'bpfree list learners' and 'bpfree list optimizers' show their names, 'bpfree config schema' all"
                            + " settings.");
        }
        return 0;
    }

    /** The name under which something is known here that other programs, or people in a hurry, call otherwise. */
    private String calledHere(String written) {
        if (Expectation.constants(ActivationFunction.class).contains(written)) {
            return "activation";
        }
        String here = Nearest.calledHere(written);
        return known().stream()
                .filter(known -> known.equalsIgnoreCase(here) || known.equalsIgnoreCase(here.replace(' ', '-')))
                .findFirst()
                .orElse(here);
    }

    private List<String> known() {
        List<String> known = new ArrayList<>(ExplainableNames.types(types));
        known.addAll(index.paths());
        return known;
    }

    private boolean explain(String kind, Class<?> family, String file) {
        Class<? extends Record> record = types.variants(family).get(name);
        if (record == null) {
            return false;
        }
        Explanations explanations = Explanations.of(file);
        line(name + " (" + kind + ")");
        paragraph(summary(record), INDENT);
        explanations.rule(name).ifPresent(rule -> {
            head("Rule");
            rule.formulas().forEach(formula -> line(INDENT + formula));
            line("");
            paragraph(explanations.symbols(), INDENT);
            head("When it fails");
            paragraph(rule.fails(), INDENT);
        });
        List<Entry> settings = index.of(family, record);
        head(settings.isEmpty() ? "No settings" : "Settings");
        settings.forEach(each -> describe(each.name(), each));
        head("Example");
        line(INDENT + example(kind, settings));
        source(record);
        return true;
    }

    private String summary(Class<? extends Record> record) {
        for (LearnerProvider<?> provider : ServiceLoader.load(LearnerProvider.class)) {
            if (provider.settings() == record) {
                return provider.summary();
            }
        }
        Doc doc = record.getAnnotation(Doc.class);
        return doc == null ? "" : doc.value();
    }

    private void source(Class<? extends Record> record) {
        for (LearnerProvider<?> provider : ServiceLoader.load(LearnerProvider.class)) {
            if (provider.settings() == record) {
                head("Paper");
                paragraph(provider.source(), INDENT);
            }
        }
    }

    /** A block with all that is required. */
    private String example(String kind, List<Entry> settings) {
        String block = settings.stream()
                .filter(Entry::required)
                .map(each -> ", " + each.name() + ": " + sample(each))
                .collect(Collectors.joining("", "{type: " + name, "}"));
        return kind.equals("layer") ? "model: {layers: [..., " + block + "]}" : kind + ": " + block;
    }

    private static String sample(Entry setting) {
        Map<String, String> usual =
                Map.of("learningRate", "0.01", "function", "relu", "index", "0", "inputs", "[a, b]");
        return usual.getOrDefault(setting.name(), setting.allowed().startsWith("a list") ? "[1]" : "2");
    }

    private void settings(List<Entry> found) {
        // The same setting of several types is told once.
        Map<Entry, List<String>> owners = new LinkedHashMap<>();
        for (Entry entry : found) {
            Entry shared = new Entry(
                    entry.path(), "", entry.doc(), entry.allowed(), entry.standard(), entry.required(), entry.values());
            owners.computeIfAbsent(shared, each -> new ArrayList<>()).add(entry.owner());
        }
        owners.forEach((entry, types) -> {
            String of =
                    types.stream().filter(type -> !type.isEmpty()).distinct().collect(Collectors.joining(", "));
            if (!of.isEmpty()) {
                paragraph("With the type " + of + ":", "");
            }
            describe(entry.path(), entry);
            entry.standard()
                    .ifPresent(standard -> line(DEEPER + "Example: --set " + quoted(entry.path() + "=" + standard)));
        });
    }

    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_./:=@%+-]+") ? argument : "'" + argument + "'";
    }

    private void describe(String label, Entry setting) {
        String standard = setting.required()
                ? "required"
                : setting.standard()
                        .map(text -> "default " + (text.equals("''") ? "empty" : text))
                        .orElse("may be left out");
        paragraph(label + ": " + setting.allowed() + "; " + standard, INDENT);
        paragraph(setting.doc(), DEEPER);
        setting.values().forEach(value -> paragraph(value, DEEPER + INDENT));
    }

    private void head(String text) {
        line("");
        line(text);
    }

    private void paragraph(String text, String indent) {
        Paragraph.wrap(text, width, indent).forEach(this::line);
    }

    private void line(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text.stripTrailing());
    }
}
