namespace Slipway.Agent.Signals.Lines;

/// <summary>What an error line looks like, where its look says how the lines after it are to be taken.</summary>
internal enum LineForm
{
    Plain,

    /// <summary>The name of an exception and what it says: on its own, or the second line of an error that was logged.</summary>
    Exception,

    /// <summary>Python's first line of a stack trace, of which the last line says what happened.</summary>
    Traceback,

    /// <summary>Last words of a program.</summary>
    Crash,

    /// <summary>.NET's console: a line with level and category, and then what was said, indented.</summary>
    Header,
}
