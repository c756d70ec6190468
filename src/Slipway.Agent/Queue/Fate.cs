namespace Slipway.Agent.Queue;

/// <summary>What becomes of a message that was taken.</summary>
internal enum Fate
{
    /// <summary>Deleted, once what it said is kept.</summary>
    Done,

    /// <summary>Seen again in a moment.</summary>
    Later,

    /// <summary>Left alone: it comes back by itself, and after some times goes to the dead letters.</summary>
    Left,
}
