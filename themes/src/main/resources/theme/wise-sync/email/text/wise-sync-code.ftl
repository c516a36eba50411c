<#ftl output_format="plainText">
${msg("wiseSyncMailHello", (user.firstName)!"")}

${msg("wiseSyncCodeMailIntro")}

    ${code}

${msg("wiseSyncCodeMailGood", minutes)}

${msg("wiseSyncCodeMailNotYou")}

-- 
${msg("wiseSyncMailFooter", properties.brandName)}
