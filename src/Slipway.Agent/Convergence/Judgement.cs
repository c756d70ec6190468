namespace Slipway.Agent.Convergence;

/// <summary>What a message means to somebody who has already accepted something.</summary>
internal enum Judgement
{
    /// <summary>Older than what is accepted: late, and harmless.</summary>
    Ignore,

    /// <summary>Known: say again how it stands.</summary>
    Report,

    /// <summary>New: write it down, then do it.</summary>
    Accept,
}
