namespace Slipway.Judging.Kayenta.Statistics;

/// <summary>
/// A root of a function between two points, after R. P. Brent, Algorithms for Minimization without Derivatives (1973), chapter 4: inverse quadratic
/// interpolation or a secant where they converge, bisection where they do not. Tolerances and the order of decisions are those of R's zeroin: on a step
/// function any other order ends elsewhere inside the step, and a judge that must agree with Kayenta's needs the same place.
/// </summary>
internal static class BrentRoot
{
    private const double Epsilon = 2.220446049250313e-16;
    private const int MostRounds = 1000;

    public static double Find(Func<double, double> function, double low, double high, double tolerance)
    {
        Point before = new(low, function(low)), best = new(high, function(high)), contra = before;
        if (before.Y == 0)
            return before.X;

        for (var round = 0; round <= MostRounds; round++)
        {
            var lastStep = best.X - before.X;
            if (Math.Abs(contra.Y) < Math.Abs(best.Y))
                (before, best, contra) = (best, contra, best);

            var precision = (2 * Epsilon * Math.Abs(best.X)) + (tolerance / 2);
            var half = (contra.X - best.X) / 2;
            if (Math.Abs(half) <= precision || best.Y == 0)
                return best.X;

            var step = Interpolate(before, best, contra, lastStep, precision) ?? half;
            if (Math.Abs(step) < precision)
                step = step > 0 ? precision : -precision;

            before = best;
            best = new(best.X + step, function(best.X + step));
            if ((best.Y > 0 && contra.Y > 0) || (best.Y < 0 && contra.Y < 0))
                contra = before;
        }

        return best.X;
    }

    /// <summary>The step that interpolation proposes; null where it may not be trusted.</summary>
    private static double? Interpolate(Point before, Point best, Point contra, double lastStep, double precision)
    {
        if (Math.Abs(lastStep) < precision || Math.Abs(before.Y) <= Math.Abs(best.Y))
            return null;

        var width = contra.X - best.X;
        double p, q;
        if (before.X == contra.X)
        {
            var ratio = best.Y / before.Y;
            p = width * ratio;
            q = 1 - ratio;
        }
        else
        {
            var (toContra, ratio, toBefore) = (before.Y / contra.Y, best.Y / contra.Y, best.Y / before.Y);
            p = toBefore * ((width * toContra * (toContra - ratio)) - ((best.X - before.X) * (ratio - 1)));
            q = (toContra - 1) * (ratio - 1) * (toBefore - 1);
        }

        if (p > 0)
            q = -q;
        else
            p = -p;

        return p < (0.75 * width * q) - (Math.Abs(precision * q) / 2) && p < Math.Abs(lastStep * q / 2) ? p / q : null;
    }

    private readonly record struct Point(double X, double Y);
}
