namespace Slipway.Agent.Doctor;

/// <summary>What was looked at, and how it is.</summary>
/// <param name="Cure">What to do, where it is not well. Several lines where something is to be pasted.</param>
internal sealed record Finding(string What, bool IsWell, string Detail, string? Cure = null)
{
    public static Finding Well(string what, string detail) => new(what, true, detail);

    public static Finding Ill(string what, string detail, string? cure) => new(what, false, detail, cure);
}
