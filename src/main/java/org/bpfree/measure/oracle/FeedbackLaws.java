package org.bpfree.measure.oracle;

import static org.bpfree.measure.oracle.FeedbackLaw.draw;
import static org.bpfree.measure.oracle.FeedbackLaw.signed;
import static org.bpfree.measure.oracle.FeedbackLaw.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bpfree.graph.InitialValues;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.Promise.Finding;
import org.bpfree.learn.Vectors;
import org.bpfree.learn.ekdaa.EkdaaSettings;
import org.bpfree.learn.feedback.BrsfSettings;
import org.bpfree.learn.feedback.DirectSettings;
import org.bpfree.learn.feedback.DkpSettings;
import org.bpfree.learn.feedback.FaSettings;
import org.bpfree.learn.feedback.FeedbackSettings;
import org.bpfree.learn.feedback.FrsfSettings;
import org.bpfree.learn.feedback.KolenPollackSettings;
import org.bpfree.learn.feedback.UsfSettings;
import org.bpfree.learn.feedback.WeightMirrorSettings;
import org.bpfree.learn.pepita.PepitaSettings;
import org.bpfree.learn.spiking.MicrocircuitSettings;

/** The laws of feedback, family by family. */
final class FeedbackLaws {
    private FeedbackLaws() {}

    /** The laws of a learner's feedback; none where it has no feedback. */
    static List<FeedbackLaw> of(LearnerSettings settings, FeedbackLaw.Setting setting) {
        if (settings instanceof EkdaaSettings ekdaa) {
            return ofErrorKernels(ekdaa, setting);
        }
        if (settings instanceof MicrocircuitSettings circuit) {
            return ofCircuit(circuit, setting);
        }
        if (settings instanceof DkpSettings learned) {
            return LearnedProjectionLaws.of(learned, setting);
        }
        if (settings instanceof DirectSettings) {
            return List.of(new ConstantState("projections stay as they were drawn"));
        }
        if (settings instanceof PepitaSettings) {
            return List.of(new ConstantState("the projection stays as it was drawn"));
        }
        return settings instanceof FeedbackSettings feedback ? ofStandIns(feedback, setting) : List.of();
    }

    private static List<FeedbackLaw> ofStandIns(FeedbackSettings settings, FeedbackLaw.Setting setting) {
        if (settings instanceof FaSettings) {
            return List.of(FeedbackLaw.equals(
                    "feedback is the draw of its stream, and stays",
                    setting,
                    (step, parameter) ->
                            draw(law(settings, parameter), stream(setting, parameter), settings.scale(), false)));
        }
        if (settings instanceof FrsfSettings frsf) {
            return ofSigns(
                    "feedback is |draw of its stream| with the signs of the weights",
                    frsf.concordance(),
                    setting,
                    (step, parameter) ->
                            draw(law(settings, parameter), stream(setting, parameter), settings.scale(), true));
        }
        if (settings instanceof BrsfSettings brsf) {
            return ofSigns(
                    "feedback is a new |draw| each batch with the signs of the weights",
                    brsf.concordance(),
                    setting,
                    (step, parameter) ->
                            draw(law(settings, parameter), ofBatch(setting, parameter), settings.scale(), true));
        }
        if (settings instanceof UsfSettings usf) {
            return ofSigns(
                    "feedback is one size a layer with the signs of the weights",
                    usf.concordance(),
                    setting,
                    (step, parameter) -> uniform(usf, step, parameter));
        }
        if (settings instanceof KolenPollackSettings) {
            FeedbackLaw.Setting followed = settings.constrainNorm()
                    ? new FeedbackLaw.Setting(
                            setting.graph(), setting.seed(), setting.noise(), setting.precision(), Optional.empty())
                    : setting;
            return List.of(ownTensor(setting), firstDraw(settings, setting), FeedbackLaw.movesWithWeights(followed, 1));
        }
        return settings instanceof WeightMirrorSettings mirror ? List.of(new MirrorLaw(mirror, setting)) : List.of();
    }

    /** {@code M * sign(W)}, of which a share of the signs agrees. */
    private static List<FeedbackLaw> ofSigns(
            String name, double concordance, FeedbackLaw.Setting setting, FeedbackLaw.Expectation magnitudes) {
        return List.of(
                new AgreeingShare(concordance, setting),
                FeedbackLaw.equals(
                        name, setting, (step, parameter) -> signed(magnitudes.of(step, parameter), step, parameter)));
    }

    /** The stream that the learner draws the feedback of a parameter from in the present batch. */
    private static RandomGenerator ofBatch(FeedbackLaw.Setting setting, Parameter parameter) {
        return setting.noise().stream("feedback/" + parameter.key());
    }

    private static ParameterSpec law(FeedbackSettings settings, Parameter parameter) {
        return parameter
                .spec()
                .withInitializer(settings.initializer().orElse(parameter.spec().initializer()));
    }

    private static FeedbackLaw ownTensor(FeedbackLaw.Setting setting) {
        return FeedbackLaw.equals(
                "errors travel through the tensor that the learner trains", setting, (step, parameter) -> step.own()
                        .getOrDefault("feedback/" + parameter.key(), new double[0]));
    }

    private static FeedbackLaw firstDraw(FeedbackSettings settings, FeedbackLaw.Setting setting) {
        return FeedbackLaw.equals("feedback starts as the draw of its stream", setting, (step, parameter) -> {
            double[] drawn = draw(law(settings, parameter), stream(setting, parameter), settings.scale(), false);
            return step.step() == 0 ? drawn : step.feedback().get(parameter.key());
        });
    }

    private static double[] uniform(UsfSettings settings, PublishedStep step, Parameter parameter) {
        double[] weights = step.parameters().get(parameter.key());
        double signs = 0;
        for (double weight : weights) {
            signs += weight == 0 ? 0 : 1;
        }
        double size =
                switch (settings.magnitude()) {
                    case INIT -> InitialValues.rootMeanSquare(law(settings, parameter));
                    case NORM_INIT -> step.state().get("initialNorm/" + parameter.key())[0] / Math.sqrt(signs);
                    case STRICT -> Vectors.norm(weights) / Math.sqrt(signs);
                };
        double[] magnitudes = new double[weights.length];
        Arrays.fill(magnitudes, settings.scale() * size);
        return magnitudes;
    }

    private static List<FeedbackLaw> ofErrorKernels(EkdaaSettings settings, FeedbackLaw.Setting setting) {
        FeedbackLaw first = FeedbackLaw.equals(
                settings.errorKernels() == EkdaaSettings.ErrorKernels.TRANSPOSED
                        ? "error kernels start as the weights"
                        : "error kernels start as the draw of their stream",
                setting,
                (step, parameter) -> {
                    if (step.step() > 0) {
                        return step.feedback().get(parameter.key());
                    }
                    return settings.errorKernels() == EkdaaSettings.ErrorKernels.TRANSPOSED
                            ? step.parameters().get(parameter.key())
                            : draw(parameter.spec(), stream(setting, parameter), 1, false);
                });
        return List.of(ownTensor(setting), first, FeedbackLaw.movesWithWeights(setting, settings.gamma()));
    }

    private static List<FeedbackLaw> ofCircuit(MicrocircuitSettings settings, FeedbackLaw.Setting setting) {
        FeedbackLaw.Expectation expectation = (step, parameter) -> {
            double size = InitialValues.rootMeanSquare(parameter.spec());
            return switch (settings.feedback()) {
                case FRSF -> signed(gaussian(size, stream(setting, parameter), parameter, true), step, parameter);
                case BRSF -> signed(gaussian(size, ofBatch(setting, parameter), parameter, true), step, parameter);
                case USF -> {
                    double[] one =
                            new double[Math.toIntExact(parameter.spec().shape().size())];
                    Arrays.fill(one, size);
                    yield signed(one, step, parameter);
                }
                case FA -> gaussian(size, stream(setting, parameter), parameter, false);
                case WEIGHTS, SHALLOW -> throw new IllegalStateException("no feedback");
            };
        };
        return switch (settings.feedback()) {
            case WEIGHTS, SHALLOW -> List.of();
            case FA ->
                List.of(FeedbackLaw.equals("feedback is the draw of its stream, and stays", setting, expectation));
            case FRSF, USF, BRSF ->
                List.of(FeedbackLaw.equals("feedback is its size with the signs of the weights", setting, expectation));
        };
    }

    private static double[] gaussian(
            double deviation, RandomGenerator random, Parameter parameter, boolean magnitudes) {
        ParameterSpec spec = parameter.spec();
        // The normal law of lecun has the deviation 1 / sqrt(fan-in), for which only the number of draws and the factor
        // count.
        ParameterSpec unit = new ParameterSpec(spec.name(), spec.shape(), spec.role(), Initializer.LECUN_NORMAL, 1, 1);
        return draw(unit, random, deviation, magnitudes);
    }

    /** Of the weights that are not zero, {@code concordance} have feedback of their sign, rounded to whole weights. */
    private static final class AgreeingShare extends FeedbackLaw.Named {
        private final double concordance;
        private final FeedbackLaw.Setting setting;

        AgreeingShare(double concordance, FeedbackLaw.Setting setting) {
            super("share of feedback with the sign of its weight, missing", "rounding to whole weights");
            this.concordance = concordance;
            this.setting = setting;
        }

        @Override
        public List<Finding> judge(PublishedStep step) {
            List<Finding> findings = new ArrayList<>();
            for (Parameter parameter : setting.graph().crossedWeights()) {
                double[] weights = step.parameters().get(parameter.key());
                double[] feedback = step.feedback().get(parameter.key());
                double agreeing = 0;
                double zero = 0;
                for (int i = 0; feedback != null && i < weights.length; i++) {
                    agreeing += weights[i] != 0 && Math.signum(weights[i]) == Math.signum(feedback[i]) ? 1 : 0;
                    zero += weights[i] == 0 ? 1 : 0;
                }
                double missing = feedback == null
                        ? Double.NaN
                        : Math.abs(agreeing - concordance * weights.length) / weights.length;
                findings.add(new Finding(parameter.key(), missing, (0.5 + zero) / weights.length, true));
            }
            return findings;
        }
    }

    /** Every tensor of the learner's state is that of the first step. */
    private static final class ConstantState extends FeedbackLaw.Named {
        private final Map<String, double[]> first = new HashMap<>();

        ConstantState(String name) {
            super(name, "equal to the last bit");
        }

        @Override
        public List<Finding> judge(PublishedStep step) {
            step.state().forEach(first::putIfAbsent);
            return step.state().keySet().stream()
                    .map(key -> new Finding(
                            key, Vectors.largestDifference(step.state().get(key), first.get(key)), 0, true))
                    .toList();
        }
    }
}
