using Slipway.Contracts.Agent.V1;

namespace Slipway.Contracts.Agents;

/// <summary>Reads and writes <see cref="Recipients"/>.</summary>
public static class InstanceNumbers
{
    /// <param name="numbers">In ascending order, none twice.</param>
    public static Recipients ToRecipients(IEnumerable<uint> numbers)
    {
        var recipients = new Recipients();
        var before = 0u;
        foreach (var number in numbers)
        {
            recipients.Steps.Add(number - before);
            before = number;
        }

        return recipients;
    }

    /// <summary>Whether an instance is meant.</summary>
    public static bool Include(Recipients recipients, uint number)
    {
        var at = 0u;
        foreach (var step in recipients.Steps)
        {
            at += step;
            if (at >= number)
                return at == number;
        }

        return false;
    }
}
