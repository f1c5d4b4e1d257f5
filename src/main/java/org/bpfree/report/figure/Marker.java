package org.bpfree.report.figure;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** The shapes that tell lines apart without colours, in the order of the report's; all around the origin and of about the same area. */
enum Marker {
    CIRCLE {
        @Override
        Shape unit() {
            return new Ellipse2D.Double(-1, -1, 2, 2);
        }
    },
    SQUARE {
        @Override
        Shape unit() {
            return new Rectangle2D.Double(-0.89, -0.89, 1.78, 1.78);
        }
    },
    TRIANGLE {
        @Override
        Shape unit() {
            return around(3, 1.56, 1.56);
        }
    },
    DIAMOND {
        @Override
        Shape unit() {
            return polygon(0, -1.65, 0.95, 0, 0, 1.65, -0.95, 0);
        }
    },
    CROSS {
        @Override
        Shape unit() {
            double a = 0.4;
            double b = 1.2;
            return polygon(-a, -b, a, -b, a, -a, b, -a, b, a, a, a, a, b, -a, b, -a, a, -b, a, -b, -a, -a, -a);
        }
    },
    STAR {
        @Override
        Shape unit() {
            return around(10, 1.67, 0.64);
        }
    },
    WYE {
        @Override
        Shape unit() {
            Path2D wye = new Path2D.Double();
            for (int arm = 0; arm < 3; arm++) {
                Shape one = new Rectangle2D.Double(-0.4, 0, 0.8, 1.4);
                wye.append(
                        AffineTransform.getRotateInstance(2 * Math.PI * arm / 3).createTransformedShape(one), false);
            }
            return wye;
        }
    };

    /** With the area of a circle of radius 1. */
    abstract Shape unit();

    /** Around a point, with the area of a circle of that radius. */
    Shape at(double x, double y, double radius) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.scale(radius, radius);
        return place.createTransformedShape(unit());
    }

    private static Shape polygon(double... corners) {
        Path2D path = new Path2D.Double();
        path.moveTo(corners[0], corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            path.lineTo(corners[i], corners[i + 1]);
        }
        path.closePath();
        return path;
    }

    /** Corners at equal angles from the top on, in turn at the one and the other distance. */
    private static Shape around(int corners, double even, double odd) {
        double[] places = new double[2 * corners];
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * i / corners - Math.PI / 2;
            double distance = i % 2 == 0 ? even : odd;
            places[2 * i] = distance * Math.cos(angle);
            places[2 * i + 1] = distance * Math.sin(angle);
        }
        return polygon(places);
    }
}
