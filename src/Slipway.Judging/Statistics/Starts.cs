namespace Slipway.Judging.Statistics;

/// <summary>
/// When a fault may begin: an evidence process is begun anew at steps 0, 1, 2, 4, 8, … and the processes are mixed with weights
/// 1/2, 1/6, 1/12, … that sum to one. One that has not begun is 1, so the mixture stays an e-process, and a late fault or a slow
/// drift is not buried under the healthy time before it.
/// </summary>
internal static class Starts
{
    public const int Count = 10;

    public static int Step(int start) => start == 0 ? 0 : 1 << (start - 1);

    public static double LogWeight(int start) => start == Count - 1 ? -Math.Log(Count) : -Math.Log((start + 1.0) * (start + 2.0));
}
