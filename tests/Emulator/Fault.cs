namespace Slipway.Emulator;

/// <summary>How a call goes wrong.</summary>
public enum Fault
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>A permission is missing.</summary>
    Denied,

    /// <summary>503, for a moment.</summary>
    Unavailable,

    /// <summary>Too many calls.</summary>
    Throttled,

    /// <summary>The line is cut before anything happened.</summary>
    Cut,

    /// <summary>It happens, and nobody hears of it.</summary>
    AnswerLost,

    /// <summary>Answered as done, without being done: what was published never arrives.</summary>
    Swallowed,

    /// <summary>Done twice: what was published arrives two times.</summary>
    Twice,
}
