package org.bpfree.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfree.cli.console.StrictOption;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.Splits;
import org.bpfree.data.catalogue.DatasetLoader;
import org.bpfree.experiment.Experiment;
import org.bpfree.failure.Failure;
import org.bpfree.measure.SoftMax;
import org.bpfree.report.FeatureSheets;
import org.bpfree.report.Pictures;
import org.bpfree.report.PixelImage;
import org.bpfree.report.figure.Cells;
import org.bpfree.run.RunFolder;
import org.bpfree.run.TrainedModel;

/** The pictures of one run for a report. */
final class RunPictures {
    private static final int SAMPLES = 20;
    private static final int FILTER_ROOM = 620; // pixels

    private RunPictures() {}

    /** Filters from the checkpoint, predictions of the first test images where the dataset is at hand. */
    static Pictures of(RunFolder run, Path dataFolder, StrictOption strict) {
        TrainedModel model;
        try {
            model = TrainedModel.load(run, null);
        } catch (Failure e) {
            return Pictures.none("There are no pictures: " + e.getMessage() + ".");
        }
        Optional<Pictures.Filters> filters = FeatureSheets.filtersOf(model).map(RunPictures::picture);
        Splits splits;
        try {
            Experiment experiment = model.bench().experiment();
            splits = DatasetLoader.open(experiment.data(), dataFolder, experiment.seed());
            splits.readTest();
        } catch (Failure e) {
            return new Pictures(filters, List.of(), "There are no sample predictions: " + e.getMessage() + ".");
        }
        strict.check(run, splits);
        return new Pictures(filters, samples(model, splits.readTest().first(SAMPLES)), "");
    }

    private static Pictures.Filters picture(Cells filters) {
        return new Pictures.Filters(filters.picture(FILTER_ROOM), filters.scaleInWords());
    }

    private static List<Pictures.Sample> samples(TrainedModel model, ImageSet test) {
        List<String> names = model.bench().experiment().data().description().classNames();
        ImageShape shape = test.shape();
        List<Pictures.Sample> samples = new ArrayList<>();
        for (int i = 0; i < test.size(); i++) {
            double[] shares = model.probabilities(test.read(i, 1), 0);
            int best = SoftMax.largest(shares);
            samples.add(new Pictures.Sample(
                    PixelImage.ofBytes(test.read(i, 1), 0, shape.height(), shape.width(), shape.channels()),
                    names.get(test.label(i)),
                    names.get(best),
                    shares[best]));
        }
        return samples;
    }
}
