using System.Collections.Concurrent;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Connections;
using Slipway.Server.Instances.Nodes;

namespace Slipway.Server.Checks.Signals;

/// <summary>
/// Asks agents for what they have measured and gives the answers to whoever waits for them. Agents keep their last steps themselves, so a server that has
/// just started knows as much as one that was there all the time.
/// </summary>
internal sealed class SignalDesk(ReturnAddresses addresses, TimeProvider time) : ISignalTaker
{
    private readonly ConcurrentDictionary<string, SignalBook> open = new();

    public int Count => open.Count;

    /// <param name="series">Only these signals are asked for, and no kinds of lines. Null: everything.</param>
    public SignalBook Open(ServiceName service, IReadOnlyList<string>? series = null)
    {
        var book = new SignalBook(addresses.Next(), service, series ?? [], time, Close);
        open[book.Asker] = book;
        return book;
    }

    public void Take(IAgentLine from, Contracts.Agent.V1.Signals signals)
    {
        if (open.TryGetValue(signals.Asker, out var book))
            book.Take(from.Instance, signals);
        else
            addresses.PassOn(signals.Asker, from, new() { Signals = signals });
    }

    private void Close(SignalBook book) => open.TryRemove(book.Asker, out _);
}
