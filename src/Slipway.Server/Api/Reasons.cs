namespace Slipway.Server.Api;

/// <summary>What somebody gives as the reason of something stands in lists, events and holds, so it is short.</summary>
internal static class Reasons
{
    private const int Longest = 500;

    public static Refusal? Refuse(string? reason) => reason?.Length > Longest
        ? Refusal.Invalid("reason", $"A reason has at most {Longest} characters.")
        : null;
}
