using System.Net.Sockets;
using Slipway.Server.Persistence;

namespace Slipway.Server.Api;

/// <summary>What keeps a server from starting, in a sentence and an exit code, where it is something that its operator can do something about.</summary>
internal static class StartTroubles
{
    /// <summary>Nothing changes by starting it again as it is.</summary>
    private const int Refused = 2;

    /// <summary>May go well the next time: whoever supervises it should start it again.</summary>
    private const int Failed = 1;

    /// <summary>Null: a fault of the program.</summary>
    public static (string Sentence, int ExitCode)? Explain(Exception exception) => exception switch
    {
        StartRefusedException => (exception.Message, Refused),
        _ when DatabaseTroubles.ExplainIfDatabase(exception) is { } trouble => ($"{trouble} It did so while the server started, which therefore ends; started again, it waits for the database.", Failed),
        _ when exception.GetBaseException() is SocketException => ($"{exception.Message.TrimEnd('.')}. Say where to listen with --urls, for example --urls {Listening.DefaultUrl}.", Refused),
        _ => null,
    };
}
