namespace Slipway.Server.Checks.Declared.Http;

/// <summary>What came of a request. A closed set; reasons go on after the address.</summary>
internal abstract record HttpAnswer
{
    private HttpAnswer()
    {
    }

    /// <param name="IsCut">There was more than is read.</param>
    public sealed record Came(int Status, string Body, bool IsCut) : HttpAnswer
    {
        public bool IsGood => Status is >= 200 and < 300;
    }

    /// <summary>Nobody answered, or not in time.</summary>
    public sealed record Silent(string Why) : HttpAnswer;

    /// <summary>It is not asked at all.</summary>
    public sealed record Refused(string Why) : HttpAnswer;
}
